using System.Security.Cryptography;

namespace Escapement.Extensions;

/// <summary>
/// What can be said of a component without compiling it, while its bytes come by: how large it is, its SHA-256, that it is a component, is
/// whole, exports what the host calls, and what it imports. Its sections are walked (component model, binary format) and not kept; what else is
/// in them shows when it is compiled.
/// </summary>
internal sealed class ComponentBinary : IDisposable
{
    private const int ExportSection = 11;
    private const int LastSection = 12;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] head = new byte[8];
    private long at;
    private long sectionAt;
    private int section = -1;
    private int shift;
    private long length;
    private long left;
    private int matched;
    private bool exportsHandler;
    private bool isDamaged;

    /// <summary>What it imports.</summary>
    public ComponentImports Imports { get; } = new();

    private static ReadOnlySpan<byte> Component => [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00];

    private static ReadOnlySpan<byte> CoreModule => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    // Length, name, and the sort "function". Its first byte comes once, so that a match that fails begins anew at the byte it fails at.
    private static ReadOnlySpan<byte> HandlerExport => "\u0007handler\u0001"u8;

    /// <summary>How many bytes came by.</summary>
    public long Bytes => at;

    /// <summary>The next bytes, whatever way they are cut.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        while (!bytes.IsEmpty)
        {
            var taken = Take(bytes);
            at += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>SHA-256 of what came by, lower-case hex; once, at the end.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <summary>Why what came by cannot be a version's component, or null.</summary>
    public string? Fault() =>
        at >= head.Length && head.AsSpan().SequenceEqual(CoreModule) ? "The file is a WebAssembly core module; build it as a component"
        : at < head.Length || !head.AsSpan().SequenceEqual(Component) ? "The file is not a WebAssembly component"
        : isDamaged || section >= 0 ? $"The component is truncated or damaged: there is no whole section at byte {sectionAt}"
        : exportsHandler ? null
        : "The component does not export the function handler of the world alga:extension/runner";

    public void Dispose() => hash.Dispose();

    private int Take(ReadOnlySpan<byte> bytes)
    {
        if (at < head.Length)
        {
            head[at] = bytes[0];
            return 1;
        }

        if (isDamaged)
        {
            return bytes.Length;
        }

        if (section < 0)
        {
            (section, sectionAt, shift, length, left, matched) = (bytes[0], at, 0, 0, -1, 0);
            isDamaged = section > LastSection;
            return 1;
        }

        if (left < 0)
        {
            TakeLength(bytes[0]);
            return 1;
        }

        var taken = (int)Math.Min(left, bytes.Length);
        if (section == ExportSection)
        {
            Search(bytes[..taken]);
        }

        if (ComponentImports.Concerns(section))
        {
            Imports.Add(bytes[..taken]);
        }

        left -= taken;
        EndSectionWhenItHas();
        return taken;
    }

    // LEB128, at most 32 bits.
    private void TakeLength(byte next)
    {
        length |= (long)(next & 0x7F) << shift;
        shift += 7;
        if (next < 0x80)
        {
            left = length;
            EndSectionWhenItHas();
        }
        else
        {
            isDamaged = shift >= 35;
        }
    }

    private void EndSectionWhenItHas()
    {
        if (left == 0)
        {
            if (ComponentImports.Concerns(section))
            {
                Imports.End(section);
            }

            section = -1;
        }
    }

    private void Search(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            matched = next == HandlerExport[matched] ? matched + 1 : next == HandlerExport[0] ? 1 : 0;
            if (matched == HandlerExport.Length)
            {
                exportsHandler = true;
                matched = 0;
            }
        }
    }
}
