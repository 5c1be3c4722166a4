using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Escapement.AspNetCore.Problems;

namespace Escapement.AspNetCore.Api;

/// <summary>Cursors, opaque to clients: they name the last row seen, so that new rows shift nothing.</summary>
internal static class Paging
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    private const int CursorBytes = 24;

    public static bool TryLimit(string? text, out int limit, out ProblemResult? refusal)
    {
        limit = DefaultLimit;
        refusal = null;
        if (text is not null && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            refusal = Refusal.BadRequest("limit", $"limit must be a number from 1 to {MaxLimit}");
        }

        return refusal is null;
    }

    /// <summary>Reads a cursor; null stays null, anything that a page did not hold is refused.</summary>
    public static bool TryCursor(string? text, out PageCursor? cursor, out ProblemResult? refusal)
    {
        cursor = null;
        refusal = null;
        if (text is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[CursorBytes];
        if (text.Length == Base64Url.GetEncodedLength(CursorBytes)
            && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == CursorBytes
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks)
        {
            cursor = new PageCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
            return true;
        }

        refusal = Refusal.BadRequest("cursor", "cursor must be the nextCursor of an earlier answer");
        return false;
    }

    /// <summary>Makes a page from one row more than asked for.</summary>
    public static Page<TJson> Page<TRow, TJson>(IReadOnlyList<TRow> rows, int limit, Func<TRow, TJson> toJson, Func<TRow, PageCursor> place) =>
        new([.. rows.Take(limit).Select(toJson)], rows.Count > limit ? Write(place(rows[limit - 1])) : null);

    /// <summary>Writes the cursor of the rows after a tenant.</summary>
    public static string Write(TenantId tenant) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(tenant.Value));

    /// <summary>The tenant of a cursor; null for what is none.</summary>
    public static string? ReadTenant(string cursor) =>
        Base64Url.IsValid(cursor) && TenantId.TryParse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)), out var tenant) ? tenant.Value : null;

    /// <summary>Writes the cursor of the rows after a place.</summary>
    public static string Write(PageCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[CursorBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.At.UtcTicks);
        cursor.Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}

/// <summary>A row's place in a list that is sorted by time, then id.</summary>
internal readonly record struct PageCursor(DateTimeOffset At, Guid Id);
