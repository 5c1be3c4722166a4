using Escapement.Audit;
using Escapement.Bulk;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Scheduling;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Bulk;

/// <summary>
/// Carries out the next part of a change of many, which is held: its schedules in the order of their ids, as those who write down outcomes hold them, so
/// that nobody waits in a circle. All that are to be changed or deleted are held in one round trip, and what becomes of them is sent in another.
/// </summary>
internal static class PartOfBulk
{
    public static async ValueTask<BulkChange> CarryOutAsync(
        Session session, BulkChange change, BulkStep step, TimeProvider time, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(change.Tenant);
        BulkPart part;
        await using (var rows = await session.Add(PostgreSqlBulkStore.Parts(change.Tenant, change.Id, change.Parts, limit: 1)).OpenAsync(cancellationToken))
        {
            part = (await rows.FirstAsync(StoredBulk.ReadPart, cancellationToken))!;
        }

        var located = await LocateAsync(session, change.Tenant, part, cancellationToken);
        var deeds = part.Items.Zip(located, (item, its) => new Planned(item, its.Source, step.Deed(item, its.Source), its.Scope)).ToList();
        var found = new Queue<FoundForUpdate>(await FoundForUpdate.FindAsync(
            session, [.. deeds.Where(d => d.IsOfOneThatIsThere).Select(d => (d.Scope!.Value, d.Item.Schedule))], step.Limits, cancellationToken));
        var (fates, entries) = (new List<BulkFate>(part.Items.Count), new List<Guid>(part.Items.Count));
        foreach (var planned in deeds)
        {
            var there = planned.IsOfOneThatIsThere ? found.Dequeue() : null;
            var (fate, entry) = await CarryOutAsync(session, change, step, planned, there, time, cancellationToken);
            fates.Add(fate);
            entries.Add(entry);
        }

        var after = change.After(fates, step.Limits.Now);
        StoredBulk.WriteFates(session.Sql("end_bulk_part"), change.Id, part.Number, fates, entries).Set("bucket", bucket);
        StoredBulk.WriteProgress(session.Sql("advance_bulk_change"), after).Set("bucket", bucket);
        return after;
    }

    // The install of each schedule, and the entry whose change is taken back; in one round trip.
    private static async ValueTask<List<(InstallScope? Scope, AuditEntry? Source)>> LocateAsync(
        Session session, TenantId tenant, BulkPart part, CancellationToken cancellationToken)
    {
        foreach (var item in part.Items)
        {
            session.Sql("locate_schedule").Set("bucket", Bucket.Of(tenant)).Set("id", item.Schedule.Value).Set("tenant", tenant.Value);
            if (item.Source is { } source)
            {
                session.Sql("find_audit").Set("bucket", Bucket.Of(tenant)).Set("tenant", tenant.Value).Set("id", source);
            }
        }

        var found = new List<(InstallScope?, AuditEntry?)>(part.Items.Count);
        await using var rows = await session.OpenAsync(cancellationToken);
        foreach (var item in part.Items)
        {
            InstallScope? scope = await rows.ReadAsync(cancellationToken) ? new InstallScope(tenant, new InstallId(rows.Id(0))) : null;
            await rows.NextAsync(cancellationToken);
            AuditEntry? source = null;
            if (item.Source is not null)
            {
                source = await rows.FirstAsync(StoredAuditEntry.Read, cancellationToken);
                await rows.NextAsync(cancellationToken);
            }

            found.Add((scope, source));
        }

        return found;
    }

    private static async ValueTask<(BulkFate Fate, Guid Entry)> CarryOutAsync(
        Session session,
        BulkChange change,
        BulkStep step,
        Planned planned,
        FoundForUpdate? found,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (item, source, deed, there) = planned;
        if (deed is BulkDeed.Nothing nothing)
        {
            return (nothing.Fate, Guid.Empty);
        }

        if ((deed is BulkDeed.Restore back ? back.Scope : there) is not { } scope)
        {
            return (BulkFate.Gone, Guid.Empty);
        }

        var by = change.Actor.Id;
        var done = deed switch
        {
            BulkDeed.Update update => await UpdateSchedule.RunAsync(
                session, scope, item.Schedule, found!, update.Change, step.Limits with { Expected = update.Expected }, by, time, cancellationToken),
            BulkDeed.Delete delete => DeleteSchedule.Run(
                session, scope, item.Schedule, found!, step.Limits with { Expected = delete.Expected }, change.Actor, time),
            BulkDeed.Restore restore => await RestoreSchedule.RunAsync(
                session, scope, item.Schedule, step.RestorableSince, restore.Change, step.Limits, by, cancellationToken),
            _ => throw new InvalidOperationException($"A deed that nobody knows: {deed}"),
        };
        if (!done.IsDone)
        {
            return (BulkRules.FateOf(done), Guid.Empty);
        }

        var entry = step.Entry(item, source, scope).Telling(done.Changes);
        AuditRow.Append(session, entry);
        return (BulkFate.Done, entry.Id);
    }

    // A schedule with what is to be done to it, and its install, if it is there.
    private sealed record Planned(BulkItem Item, AuditEntry? Source, BulkDeed Deed, InstallScope? Scope)
    {
        public bool IsOfOneThatIsThere => Scope is not null && Deed is (BulkDeed.Update or BulkDeed.Delete);
    }
}
