using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Escapement.AspNetCore.Api;

/// <summary>Cursors, opaque to clients: they name the last row seen, so that new rows shift nothing.</summary>
internal static class Paging
{
    /// <summary>How many rows a page has when nobody says.</summary>
    public const int DefaultLimit = 50;

    /// <summary>How many it has at most.</summary>
    public const int MaxLimit = 200;

    private const int CursorBytes = 24;

    /// <summary>Makes a page from one row more than asked for.</summary>
    public static Page<TJson> Page<TRow, TJson>(IReadOnlyList<TRow> rows, int limit, Func<TRow, TJson> toJson, Func<TRow, PageCursor> place) =>
        new([.. rows.Take(limit).Select(toJson)], rows.Count > limit ? Write(place(rows[limit - 1])) : null);

    /// <summary>Writes the cursor of the rows after a tenant.</summary>
    public static string Write(TenantId tenant) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(tenant.Value));

    /// <summary>The tenant of a cursor; null for what is none.</summary>
    public static string? ReadTenant(string cursor) =>
        Base64Url.IsValid(cursor) && TenantId.TryParse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)), out var tenant) ? tenant.Value : null;

    /// <summary>The place of a cursor; null for what is none.</summary>
    public static PageCursor? Read(string cursor)
    {
        Span<byte> bytes = stackalloc byte[CursorBytes];
        return cursor.Length == Base64Url.GetEncodedLength(CursorBytes)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var written) && written == CursorBytes
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new PageCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true))
            : null;
    }

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
