using Escapement.Audit;
using Escapement.Bulk;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Scheduling;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Bulk;

/// <inheritdoc/>
internal sealed class SqliteBulkStore(WriteQueue writer, ReadPool reader, TimeProvider time) : IBulkStore
{
    public ValueTask<bool> AddAsync(BulkChange change, IReadOnlyList<BulkPart> parts, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                if (StoredBulk.Write(db.Sql("add_bulk_change"), change).Run() == 0)
                {
                    return false;
                }

                foreach (var part in parts)
                {
                    StoredBulk.WritePart(db.Sql("add_bulk_part"), change.Id, part).Run();
                }

                AuditRow.Append(db, audit);
                return true;
            },
            cancellationToken);

    public ValueTask<BulkChange?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => One(db, "find_bulk_change", tenant, id), cancellationToken);

    public ValueTask<IReadOnlyList<BulkChange>> ListAsync(TenantId tenant, Guid? before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<BulkChange>>(
            db => db.Sql("list_bulk_changes")
                .Set("tenant", tenant.Value)
                .Set("before", before ?? Guid.AllBitsSet)
                .Set("limit", (long)limit)
                .List(StoredBulk.Read),
            cancellationToken);

    public ValueTask<IReadOnlyList<BulkChange>> ListRunningAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<BulkChange>>(db => db.Sql("list_running_bulk_changes").List(StoredBulk.Read), cancellationToken);

    public ValueTask<IReadOnlyList<BulkPart>> ListPartsAsync(
        TenantId tenant, Guid id, int from, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<BulkPart>>(db => Parts(db, id, from, limit), cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> FindEntriesAsync(TenantId tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<AuditEntry>>(db => [.. ids.Select(id => Entry(db, tenant, id)).OfType<AuditEntry>()], cancellationToken);

    public ValueTask<BulkChange?> StepAsync(TenantId tenant, Guid id, Func<BulkChange, BulkStep> step, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Step(db, tenant, id, step), cancellationToken);

    public ValueTask<BulkChange?> CancelAsync(TenantId tenant, Guid id, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                var ended = db.Sql("cancel_bulk_change")
                    .Set("state", (long)BulkState.Cancelled)
                    .Set("now", now)
                    .Set("id", id)
                    .Set("tenant", tenant.Value)
                    .Run();
                return AuditRow.AppendIf(db, ended > 0, [audit]) ? One(db, "find_bulk_change", tenant, id) : null;
            },
            cancellationToken);

    private static BulkChange? One(Database database, string statement, TenantId tenant, Guid id) =>
        database.Sql(statement).Set("id", id).Set("tenant", tenant.Value).First(StoredBulk.Read);

    private static AuditEntry? Entry(Database database, TenantId tenant, Guid id) =>
        database.Sql("find_audit").Set("tenant", tenant.Value).Set("id", id).First(StoredAuditEntry.Read);

    private static List<BulkPart> Parts(Database database, Guid id, int from, int limit) => database.Sql("list_bulk_parts")
        .Set("bulk", id)
        .Set("from", (long)from)
        .Set("limit", (long)limit)
        .List(StoredBulk.ReadPart);

    private BulkChange? Step(Database database, TenantId tenant, Guid id, Func<BulkChange, BulkStep> ask)
    {
        if (One(database, "hold_bulk_change", tenant, id) is not { } change)
        {
            return null;
        }

        var (step, part) = (ask(change), Parts(database, id, change.Parts, limit: 1)[0]);
        var (fates, entries) = (new List<BulkFate>(part.Items.Count), new List<Guid>(part.Items.Count));
        foreach (var item in part.Items)
        {
            var source = item.Source is { } known ? Entry(database, tenant, known) : null;
            var (fate, entry) = CarryOut(database, change, step, item, source);
            fates.Add(fate);
            entries.Add(entry);
        }

        var after = change.After(fates, step.Limits.Now);
        StoredBulk.WriteFates(database.Sql("end_bulk_part"), id, part.Number, fates, entries).Run();
        StoredBulk.WriteProgress(database.Sql("advance_bulk_change"), after).Run();
        return after;
    }

    private (BulkFate Fate, Guid Entry) CarryOut(Database database, BulkChange change, BulkStep step, BulkItem item, AuditEntry? source)
    {
        var deed = step.Deed(item, source);
        if (deed is BulkDeed.Nothing nothing)
        {
            return (nothing.Fate, Guid.Empty);
        }

        if ((deed is BulkDeed.Restore back ? back.Scope : Locate(database, change.Tenant, item.Schedule)) is not { } scope)
        {
            return (BulkFate.Gone, Guid.Empty);
        }

        var by = change.Actor.Id;
        var done = deed switch
        {
            BulkDeed.Update update => UpdateSchedule.Run(
                database, scope, item.Schedule, update.Change, step.Limits with { Expected = update.Expected }, by, time),
            BulkDeed.Delete delete => DeleteSchedule.Run(
                database, scope, item.Schedule, step.Limits with { Expected = delete.Expected }, change.Actor, time),
            BulkDeed.Restore restore => RestoreSchedule.Run(
                database, scope, item.Schedule, step.RestorableSince, restore.Change, step.Limits, by),
            _ => throw new InvalidOperationException($"A deed that nobody knows: {deed}"),
        };
        if (!done.IsDone)
        {
            return (BulkRules.FateOf(done), Guid.Empty);
        }

        var entry = step.Entry(item, source, scope).Telling(done.Changes);
        AuditRow.Append(database, entry);
        return (BulkFate.Done, entry.Id);
    }

    private static InstallScope? Locate(Database database, TenantId tenant, ScheduleId schedule)
    {
        using var rows = database.Sql("locate_schedule").Set("id", schedule.Value).Set("tenant", tenant.Value).Open();
        return rows.Read() ? new InstallScope(tenant, new InstallId(rows.Id(0))) : null;
    }
}
