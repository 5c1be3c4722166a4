using System.Buffers.Binary;
using System.Buffers.Text;
using Escapement.AspNetCore.Problems;
using Escapement.Runs;

namespace Escapement.AspNetCore.Api;

/// <summary>Cursors, opaque to clients: they name the last row seen, so that new rows shift nothing.</summary>
internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    public static bool TryLimit(string? text, out int limit, out ProblemResult? refusal)
    {
        limit = DefaultLimit;
        refusal = null;
        if (text is not null && !(int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            refusal = Refusal.BadRequest("limit", $"limit must be a number from 1 to {MaxLimit}");
        }

        return refusal is null;
    }

    public static string Write(DateTimeOffset at, Guid id)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.UtcTicks);
        id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor; null stays null, anything that <see cref="Write"/> did not make is refused.</summary>
    public static bool TryRead(string? text, out RunCursor? cursor, out ProblemResult? refusal)
    {
        cursor = null;
        refusal = null;
        if (text is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[24];
        if (text.Length == Base64Url.GetEncodedLength(24)
            && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == 24
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks)
        {
            cursor = new RunCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new RunId(new Guid(bytes[8..], bigEndian: true)));
            return true;
        }

        refusal = Refusal.BadRequest("cursor", "cursor must be the nextCursor of an earlier answer");
        return false;
    }

    /// <summary>Makes a page from one row more than asked for.</summary>
    public static Page<TJson> Page<TRow, TJson>(IReadOnlyList<TRow> rows, int limit, Func<TRow, TJson> toJson, Func<TRow, string> cursor) =>
        new([.. rows.Take(limit).Select(toJson)], rows.Count > limit ? cursor(rows[limit - 1]) : null);
}
