using System.Buffers.Binary;
using System.Text;

namespace Escapement.Wasm.Protocol;

/// <summary>
/// Reads what <see cref="WireWriter"/> wrote, from a side that is not trusted. Whatever does not fit is a
/// <see cref="ProtocolException"/>, before anything is allocated for it.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> payload)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> left = payload;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new ProtocolException($"{other} is neither yes nor no."),
    };

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Guid Id() => new(Take(16));

    /// <summary>How many items follow, each of which takes so many bytes at least.</summary>
    public int Count(int itemBytes)
    {
        var count = Int();
        return count >= 0 && (long)count * itemBytes <= left.Length ? count : throw new ProtocolException($"There cannot be {count} items in what is left.");
    }

    public string Text()
    {
        var bytes = Take(Count(1));
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ProtocolException("A text is not UTF-8.");
        }
    }

    /// <summary>A text of so many characters at most, which is seen before it is made.</summary>
    public string Text(int maxChars)
    {
        // No character has more than three bytes; one of four is two.
        if (left.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(left) > 3L * maxChars)
        {
            throw new ProtocolException($"A text is longer than {maxChars} characters.");
        }

        return Bounds.Text(Text(), maxChars);
    }

    public string? OptionalText() => Bool() ? Text() : null;

    public bool? OptionalBool() => Byte() switch
    {
        0 => null,
        1 => false,
        2 => true,
        var other => throw new ProtocolException($"{other} is neither yes nor no nor nothing."),
    };

    public byte[] Bytes() => Take(Count(1)).ToArray();

    // Null as an array would become empty memory.
    public ReadOnlyMemory<byte>? OptionalBytes() => Bool() ? Bytes() : default(ReadOnlyMemory<byte>?);

    public List<string> Texts()
    {
        var count = Count(4);
        var texts = new List<string>(count);
        for (; count > 0; count--)
        {
            texts.Add(Text());
        }

        return texts;
    }

    public List<KeyValuePair<string, string>> Pairs()
    {
        var count = Count(8);
        var pairs = new List<KeyValuePair<string, string>>(count);
        for (; count > 0; count--)
        {
            pairs.Add(new(Text(), Text()));
        }

        return pairs;
    }

    /// <summary>Says that there is no more.</summary>
    public readonly void End()
    {
        if (left.Length > 0)
        {
            throw new ProtocolException($"{left.Length} bytes are left over.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > left.Length)
        {
            throw new ProtocolException("A frame ended within a value.");
        }

        var taken = left[..count];
        left = left[count..];
        return taken;
    }
}
