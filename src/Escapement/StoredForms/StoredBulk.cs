using System.Buffers.Binary;
using Escapement.Audit;
using Escapement.Bulk;

namespace Escapement.StoredForms;

/// <summary>
/// A change of many and its parts as their columns, in the order in which <c>find_bulk_change</c> and <c>list_bulk_parts</c> select them. What a part is
/// about are bytes: an id and a revision each, and an id of an entry.
/// </summary>
internal static class StoredBulk
{
    private const int IdBytes = 16;
    private const int ThingBytes = IdBytes + sizeof(long);

    public static BulkChange Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
    {
        Id = row.Id(0),
        Tenant = TenantId.Parse(row.Text(1)),
        Action = BulkActionJson.Read(row.Text(2)),
        Undoes = row.IdOrNull(3),
        Actor = new Actor((ActorKind)row.Int(4), row.Text(5)),
        ByOperator = row.Bool(6),
        State = (BulkState)row.Int(7),
        Total = row.Int(8),
        Done = row.Int(9),
        LeftOut = row.Int(10),
        Parts = row.Int(11),
        CreatedAt = row.Time(12),
        EndedAt = row.TimeOrNull(13),
    };

    public static TValues Write<TValues>(TValues statement, BulkChange change)
        where TValues : IStoredValues<TValues> => WriteProgress(statement, change)
        .Set("tenant", change.Tenant.Value)
        .Set("action", BulkActionJson.Write(change.Action))
        .Set("undoes", change.Undoes)
        .Set("actor_kind", (long)change.Actor.Kind)
        .Set("actor_id", change.Actor.Id)
        .Set("by_operator", change.ByOperator)
        .Set("total", (long)change.Total)
        .Set("created_at", change.CreatedAt);

    public static TValues WriteProgress<TValues>(TValues statement, BulkChange change)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", change.Id)
        .Set("state", (long)change.State)
        .Set("done", (long)change.Done)
        .Set("left_out", (long)change.LeftOut)
        .Set("parts", (long)change.Parts)
        .Set("ended_at", change.EndedAt);

    public static BulkPart ReadPart<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct
    {
        var (things, sources) = (row.Blob(1), ReadIds(row.Blob(2)));
        var items = new BulkItem[things.Length / ThingBytes];
        for (var i = 0; i < items.Length; i++)
        {
            var one = things.AsSpan(i * ThingBytes, ThingBytes);
            items[i] = new BulkItem(
                new ScheduleId(new Guid(one[..IdBytes], bigEndian: true)),
                BinaryPrimitives.ReadInt64BigEndian(one[IdBytes..]),
                sources.Length == 0 ? null : sources[i]);
        }

        return new BulkPart(row.Int(0), items, [.. row.Blob(3).Select(f => (BulkFate)f)], ReadIds(row.Blob(4)));
    }

    public static TValues WritePart<TValues>(TValues statement, Guid change, BulkPart part)
        where TValues : IStoredValues<TValues>
    {
        var things = new byte[part.Items.Count * ThingBytes];
        for (var i = 0; i < part.Items.Count; i++)
        {
            var one = things.AsSpan(i * ThingBytes, ThingBytes);
            part.Items[i].Schedule.Value.TryWriteBytes(one, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(one[IdBytes..], part.Items[i].Revision);
        }

        return WriteFates(statement, change, part.Number, part.Fates, part.Entries)
            .Set("things", (ReadOnlyMemory<byte>)things)
            .Set("sources", WriteIds([.. part.Items.Select(i => i.Source).OfType<Guid>()]));
    }

    /// <summary>Sets what became of a part.</summary>
    public static TValues WriteFates<TValues>(TValues statement, Guid change, int number, IReadOnlyList<BulkFate> fates, IReadOnlyList<Guid> entries)
        where TValues : IStoredValues<TValues> => statement
        .Set("bulk", change)
        .Set("number", (long)number)
        .Set("fates", (ReadOnlyMemory<byte>)fates.Select(f => (byte)f).ToArray())
        .Set("entries", WriteIds(entries));

    private static Guid[] ReadIds(ReadOnlySpan<byte> bytes)
    {
        var ids = new Guid[bytes.Length / IdBytes];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = new Guid(bytes.Slice(i * IdBytes, IdBytes), bigEndian: true);
        }

        return ids;
    }

    private static ReadOnlyMemory<byte> WriteIds(IReadOnlyList<Guid> ids)
    {
        var bytes = new byte[ids.Count * IdBytes];
        for (var i = 0; i < ids.Count; i++)
        {
            ids[i].TryWriteBytes(bytes.AsSpan(i * IdBytes, IdBytes), bigEndian: true, out _);
        }

        return bytes;
    }
}
