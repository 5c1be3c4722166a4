using System.Buffers.Binary;
using Escapement.Previews;

namespace Escapement.StoredForms;

/// <summary>
/// A preview as its columns, in the order in which <c>find_preview</c> selects them, and under the names by which <c>add_preview</c> takes them.
/// </summary>
internal static class StoredPreview
{
    // An id and a revision. Bytes, because a preview can be about a hundred thousand schedules.
    private const int ThingBytes = 24;

    public static Preview Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
    {
        Id = row.Id(0),
        Tenant = row.Text(1) is { Length: > 0 } tenant ? TenantId.Parse(tenant) : null,
        Caller = row.Text(2),
        Kind = row.Text(3),
        Content = row.Text(4),
        Things = ReadThings(row.Blob(5)),
        CreatedAt = row.Time(6),
        TakenAt = row.TimeOrNull(7),
    };

    public static TValues Write<TValues>(TValues statement, Preview preview)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", preview.Id)
        .Set("tenant", preview.Tenant?.Value ?? "")
        .Set("caller", preview.Caller)
        .Set("kind", preview.Kind)
        .Set("content", preview.Content)
        .Set("things", WriteThings(preview.Things))
        .Set("created_at", preview.CreatedAt);

    private static PreviewedThing[] ReadThings(ReadOnlySpan<byte> bytes)
    {
        var things = new PreviewedThing[bytes.Length / ThingBytes];
        for (var i = 0; i < things.Length; i++)
        {
            var one = bytes.Slice(i * ThingBytes, ThingBytes);
            things[i] = new PreviewedThing(new Guid(one[..16], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(one[16..]));
        }

        return things;
    }

    private static ReadOnlyMemory<byte> WriteThings(IReadOnlyList<PreviewedThing> things)
    {
        var bytes = new byte[things.Count * ThingBytes];
        for (var i = 0; i < things.Count; i++)
        {
            var one = bytes.AsSpan(i * ThingBytes, ThingBytes);
            things[i].Id.TryWriteBytes(one, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(one[16..], things[i].Revision);
        }

        return bytes;
    }
}
