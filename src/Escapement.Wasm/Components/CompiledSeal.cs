using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Escapement.Wasm.Components;

/// <summary>
/// What makes bytes code of this installation: a keyed hash over what they were made from, for which engine, and themselves. Compiled code
/// is native code, and loading somebody else's is running it.
/// </summary>
internal static class CompiledSeal
{
    public const int MacBytes = HMACSHA256.HashSizeInBytes;

    private const string Version = "escapement-compiled-3";

    /// <summary>The keyed hash of code.</summary>
    /// <param name="key">The installation's.</param>
    /// <param name="form">How the code is kept; one form's seal is none of another's.</param>
    /// <param name="component">SHA-256 of the component that it was made from.</param>
    /// <param name="engine">The engine's key.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="digest">Their digest, in the form's own way of taking it.</param>
    public static byte[] Mac(byte[] key, string form, string component, string engine, long length, string digest) => HMACSHA256.HashData(
        key,
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{Version}\nform {form}\ncomponent {component}\nengine {engine}\nlength {length}\ndigest {digest}\n")));

    /// <summary>The same as the text that lies beside a file.</summary>
    public static string Text(byte[] key, string component, string engine, long length, string digest) =>
        $"{Version}\nhmac {Convert.ToHexStringLower(Mac(key, "file", component, engine, length, digest))}\n";
}
