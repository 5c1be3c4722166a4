namespace Escapement.Extensions;

/// <summary>
/// What can be said of a component without compiling it: that it is one, is whole, and exports what the host calls. Its sections are
/// walked (component model, binary format); what is in them shows when it is compiled.
/// </summary>
internal static class ComponentBinary
{
    private const int ExportSection = 11;
    private const int LastSection = 12;

    private static ReadOnlySpan<byte> Component => [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00];

    private static ReadOnlySpan<byte> CoreModule => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    // Length, name, and the sort "function".
    private static ReadOnlySpan<byte> HandlerExport => "\u0007handler\u0001"u8;

    /// <summary>Why a binary cannot be a version's component, or null.</summary>
    public static string? Fault(ReadOnlySpan<byte> binary)
    {
        if (binary.StartsWith(CoreModule))
        {
            return "The file is a WebAssembly core module; build it as a component";
        }

        if (!binary.StartsWith(Component))
        {
            return "The file is not a WebAssembly component";
        }

        var exportsHandler = false;
        var at = Component.Length;
        while (at < binary.Length)
        {
            var section = binary[at];
            if (section > LastSection || !TryReadLength(binary, at + 1, out var start, out var length) || length > binary.Length - start)
            {
                return $"The component is truncated or damaged: there is no whole section at byte {at}";
            }

            exportsHandler |= section == ExportSection && binary.Slice(start, length).IndexOf(HandlerExport) >= 0;
            at = start + length;
        }

        return exportsHandler ? null : "The component does not export the function handler of the world alga:extension/runner";
    }

    // LEB128, at most 32 bits.
    private static bool TryReadLength(ReadOnlySpan<byte> binary, int at, out int start, out int length)
    {
        var value = 0L;
        for (var shift = 0; shift < 35 && at < binary.Length; shift += 7)
        {
            var next = binary[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                (start, length) = (at, (int)Math.Min(value, int.MaxValue));
                return true;
            }
        }

        (start, length) = (at, 0);
        return false;
    }
}
