using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Escapement.Extensions;

/// <summary>
/// Watches the bytes of a tar archive on their way to the reader, which sets aside as much memory for an extended header as
/// the header claims to need. A claim beyond any honest one is refused before the reader sees it.
/// </summary>
internal sealed class TarHeaderGuard
{
    private const int BlockSize = 512;

    // Extended headers hold long names and a few attributes.
    private const int LongestExtended = 64 * 1024;

    private readonly byte[] header = new byte[BlockSize];
    private readonly MemoryStream attributes = new();
    private int headerFilled;
    private long left;
    private long padding;
    private bool isAttributes;
    private bool isOver;

    /// <summary>Takes the next bytes, whatever way they are cut.</summary>
    /// <exception cref="BundleRefusedException">A header claims what it must not.</exception>
    public void Observe(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !isOver)
        {
            if (left + padding > 0)
            {
                bytes = bytes[Pass(bytes)..];
                continue;
            }

            var taken = Math.Min(BlockSize - headerFilled, bytes.Length);
            bytes[..taken].CopyTo(header.AsSpan(headerFilled));
            headerFilled += taken;
            bytes = bytes[taken..];
            if (headerFilled == BlockSize)
            {
                headerFilled = 0;
                ReadHeader();
            }
        }
    }

    private int Pass(ReadOnlySpan<byte> bytes)
    {
        var content = (int)Math.Min(left, bytes.Length);
        left -= content;
        if (isAttributes)
        {
            attributes.Write(bytes[..content]);
        }

        var filling = (int)Math.Min(padding, bytes.Length - content);
        padding -= filling;
        return content + filling;
    }

    // A size among the attributes overrides the next header's. When the two differ it would hide the headers behind from
    // this watch, so they must agree; some writers repeat the size there whenever they write attributes at all.
    private void CompareSizes(long size)
    {
        var text = attributes.GetBuffer().AsSpan(0, (int)attributes.Length);
        for (int at; (at = text.IndexOf(" size="u8)) >= 0;)
        {
            text = text[(at + 6)..];
            var end = text.IndexOf((byte)'\n');
            if (!long.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var claimed) || claimed != size)
            {
                throw new BundleRefusedException("extended-size", "The bundle's tar archive gives two sizes for one file");
            }
        }
    }

    private void ReadHeader()
    {
        if (!header.AsSpan().ContainsAnyExcept((byte)0))
        {
            isOver = true;
            return;
        }

        var type = (char)header[156];
        left = Size();
        padding = (BlockSize - (left % BlockSize)) % BlockSize;
        isAttributes = type is 'x' or 'g';
        if (!isAttributes && type is not ('L' or 'K'))
        {
            CompareSizes(left);
            attributes.SetLength(0);
        }

        if (type is 'x' or 'g' or 'L' or 'K' && left > LongestExtended)
        {
            throw new BundleRefusedException("extended-header", $"The bundle's tar archive has an extended header of more than {LongestExtended:N0} bytes");
        }
    }

    // Octal digits, or with the highest bit set a binary number (of which eight bytes are enough).
    private long Size()
    {
        var field = header.AsSpan(124, 12);
        if ((field[0] & 0x80) != 0)
        {
            var binary = BinaryPrimitives.ReadInt64BigEndian(field[4..]);
            return binary >= 0 && binary < long.MaxValue / 2 ? binary : throw Damaged();
        }

        var digits = Encoding.ASCII.GetString(field).Trim('\0', ' ');
        var size = 0L;
        foreach (var digit in digits)
        {
            size = digit is >= '0' and <= '7' ? (size * 8) + (digit - '0') : throw Damaged();
        }

        return size;
    }

    private static BundleRefusedException Damaged() => new("not-tar", "The bundle is not a whole tar archive: a header has no readable size");
}
