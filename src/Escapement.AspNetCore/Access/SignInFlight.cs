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
/// <param name="ReturnTo">A path of this origin, as it stands in a header.</param>
internal sealed record SignInFlight(string State, string Nonce, string Verifier, string ReturnTo)
{
    /// <summary>How long one may be away.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // A cookie has 4 KiB for all.
    private const int LongestPath = 2_048;

    /// <summary>One that begins.</summary>
    /// <param name="returnTo">A path of this origin, as somebody wrote it.</param>
    /// <param name="start">Where to go in its place if it is longer than a browser can keep.</param>
    public static SignInFlight To(string returnTo, string start) =>
        new(Random(), Random(), Random(), Encode(returnTo) is { Length: <= LongestPath } kept ? kept : Encode(start));

    /// <summary>Whether a path leads nowhere but here.</summary>
    public static bool IsOwnPath(string path) =>
        path is ['/', .. var rest] && rest is not ['/' or '\\', ..] && !path.Any(c => c is < ' ' or '\u007f' or '\\');

    /// <summary>Reads the cookie's text; null when it is none.</summary>
    public static SignInFlight? Read(string? text) =>
        text?.Split('.') is [var state, var nonce, var verifier, var path] && Base64Url.IsValid(path)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(path)) is var returnTo && IsOwnPath(returnTo) && Encode(returnTo) == returnTo
            ? new SignInFlight(state, nonce, verifier, returnTo)
            : null;

    /// <summary>The cookie's text.</summary>
    public string Write() => $"{State}.{Nonce}.{Verifier}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(ReturnTo))}";

    // A header is ASCII: what else a path holds stands in it as bytes, as browsers write it themselves.
    private static string Encode(string path) => string.Concat(path.EnumerateRunes().Select(r => r.Value is > ' ' and <= '~' ? r.ToString() : Escape(r)));

    private static string Escape(Rune rune) => Uri.EscapeDataString(rune.ToString());

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
