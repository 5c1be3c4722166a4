using System.Buffers.Binary;
using System.Text;

namespace Escapement.Wasm.Protocol;

/// <summary>Writes the payload of one frame. Numbers are little-endian; texts are UTF-8 behind their length.</summary>
internal sealed class WireWriter
{
    private byte[] buffer = new byte[512];
    private int length = FramePipe.HeaderLength;

    /// <summary>How many bytes of payload there are.</summary>
    public int Length => length - FramePipe.HeaderLength;

    public WireWriter Byte(byte value)
    {
        Take(1)[0] = value;
        return this;
    }

    public WireWriter Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public WireWriter Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);
        return this;
    }

    public WireWriter Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);
        return this;
    }

    public WireWriter Id(Guid value)
    {
        value.TryWriteBytes(Take(16));
        return this;
    }

    public WireWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Int(bytes);
        Encoding.UTF8.GetBytes(value, Take(bytes));
        return this;
    }

    public WireWriter OptionalText(string? value)
    {
        Bool(value is not null);
        return value is null ? this : Text(value);
    }

    public WireWriter OptionalBool(bool? value) => Byte(value switch { null => 0, false => 1, true => 2 });

    public WireWriter Bytes(ReadOnlySpan<byte> value)
    {
        Int(value.Length);
        value.CopyTo(Take(value.Length));
        return this;
    }

    public WireWriter OptionalBytes(ReadOnlyMemory<byte>? value)
    {
        Bool(value is not null);
        return value is { } bytes ? Bytes(bytes.Span) : this;
    }

    public WireWriter Texts(IReadOnlyCollection<string> values)
    {
        Int(values.Count);
        foreach (var value in values)
        {
            Text(value);
        }

        return this;
    }

    public WireWriter Pairs(IReadOnlyCollection<KeyValuePair<string, string>> values)
    {
        Int(values.Count);
        foreach (var (key, value) in values)
        {
            Text(key).Text(value);
        }

        return this;
    }

    /// <summary>The frame, whose payload was written behind the room for its header.</summary>
    public ReadOnlySpan<byte> ToFrame(FrameKind kind, ulong call)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer, Length);
        buffer[4] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(5), call);
        return buffer.AsSpan(0, length);
    }

    private Span<byte> Take(int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, checked(Math.Max(2 * buffer.Length, length + count)));
        }

        length += count;
        return buffer.AsSpan(length - count, count);
    }
}
