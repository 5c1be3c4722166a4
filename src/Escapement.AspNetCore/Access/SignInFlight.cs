using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// What a browser keeps in a cookie while it is at the provider: what tells its own sign-in from one that somebody else began, and where to go then.
/// </summary>
/// <param name="State">Comes back in the address.</param>
/// <param name="Nonce">Comes back in the provider's token.</param>
/// <param name="Verifier">Proves to the provider that who brings the code is who asked for it.</param>
/// <param name="ReturnTo">A path of this origin.</param>
internal sealed record SignInFlight(string State, string Nonce, string Verifier, string ReturnTo)
{
    /// <summary>How long one may be away.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private const int LongestPath = 512;

    /// <summary>One that begins.</summary>
    public static SignInFlight To(string returnTo) => new(Random(), Random(), Random(), returnTo);

    /// <summary>Whether a path leads nowhere but here.</summary>
    public static bool IsOwnPath(string path) =>
        path.Length <= LongestPath && path is ['/', .. var rest] && rest is not ['/' or '\\', ..] && !path.Any(c => c is < ' ' or '\u007f' or '\\');

    /// <summary>Reads the cookie's text; null when it is none.</summary>
    public static SignInFlight? Read(string? text) =>
        text?.Split('.') is [var state, var nonce, var verifier, var path] && Base64Url.IsValid(path)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(path)) is var returnTo && IsOwnPath(returnTo)
            ? new SignInFlight(state, nonce, verifier, returnTo)
            : null;

    /// <summary>The cookie's text.</summary>
    public string Write() => $"{State}.{Nonce}.{Verifier}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(ReturnTo))}";

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
