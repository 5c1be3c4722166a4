namespace Escapement.Extensions;

/// <summary>The first eight bytes of WebAssembly binaries, which tell components from core modules.</summary>
internal static class WasmPreamble
{
    private static ReadOnlySpan<byte> Component => [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00];

    private static ReadOnlySpan<byte> CoreModule => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    /// <summary>Why a binary is no component, or null.</summary>
    public static string? Fault(ReadOnlySpan<byte> binary)
    {
        if (binary.StartsWith(Component))
        {
            return null;
        }

        return binary.StartsWith(CoreModule)
            ? "The file is a WebAssembly core module; build it as a component"
            : "The file is not a WebAssembly component";
    }
}
