namespace Escapement;

/// <summary>Makes UUIDs of version 7 (RFC 9562): they sort by time, and by order of making within a process.</summary>
internal static class Ids
{
    private const int CounterBits = 12;

    // The last id's time in milliseconds, with RFC 9562's 12-bit counter below it (section 6.2, method 1).
    // A clock that stands still or goes back keeps counting from here, so ids never go back in order.
    private static long last;

    /// <summary>The next id. Ids made by one process sort in the order of these calls, also within a millisecond.</summary>
    /// <param name="time">The clock that the id's time part is taken from.</param>
    public static Guid Next(TimeProvider time)
    {
        var floor = time.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits;
        long seen, next;
        do
        {
            seen = Volatile.Read(ref last);
            next = Math.Max(floor, seen + 1);
        }
        while (Interlocked.CompareExchange(ref last, next, seen) != seen);

        Span<byte> bytes = stackalloc byte[16];
        RandomPart.Fill(bytes[8..]);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, next >> CounterBits << 16);
        bytes[6] = (byte)(0x70 | (next >> 8 & 0x0F));
        bytes[7] = (byte)next;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>What sorts before all ids of an instant and of those after it, and behind all of those before.</summary>
    public static Guid FirstOf(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        bytes[8..].Clear();
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Reads an id as a caller wrote it; false for whatever is not the one form in which ids are given out.</summary>
    public static bool TryParse(string? text, out Guid id)
    {
        // The framework's own reading takes capitals and blanks around it too.
        var ok = Guid.TryParseExact(text, "D", out id) && id.ToString() == text;
        id = ok ? id : default;
        return ok;
    }

    // Random bytes of the operating system's generator, fetched for many ids at a time: asking it costs more than all the rest of an id.
    private sealed class RandomPart
    {
        private const int Size = 8;

        [ThreadStatic]
        private static RandomPart? mine;

        private readonly byte[] bytes = new byte[Size * 64];
        private int used;

        private RandomPart() => used = bytes.Length;

        public static void Fill(Span<byte> part)
        {
            var own = mine ??= new RandomPart();
            if (own.used == own.bytes.Length)
            {
                System.Security.Cryptography.RandomNumberGenerator.Fill(own.bytes);
                own.used = 0;
            }

            own.bytes.AsSpan(own.used, Size).CopyTo(part);
            own.used += Size;
        }
    }
}

/// <summary>Names an installation of an extension for a tenant.</summary>
public readonly record struct InstallId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names a schedule.</summary>
public readonly record struct ScheduleId(Guid Value)
{
    /// <summary>Reads an id as a caller wrote it; false for whatever is not the one canonical form of one.</summary>
    public static bool TryParse(string? text, out ScheduleId id)
    {
        var ok = Ids.TryParse(text, out var value);
        id = new ScheduleId(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names a run. It is also the idempotency key that every attempt of the run carries.</summary>
public readonly record struct RunId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Names one immutable version of an extension.</summary>
public readonly record struct VersionId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
