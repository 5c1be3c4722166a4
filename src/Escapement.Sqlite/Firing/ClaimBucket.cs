using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>
/// The whole store as the one bucket that a claim is made in, inside the writer's transaction, which ends after it. Everything is
/// answered at once: a claim runs through on the writer's thread.
/// </summary>
internal sealed class ClaimBucket(Database database, ClaimRequest request) : IClaimBucket
{
    public ValueTask<ClaimLook?> LookAsync(string queuedAfter, int? page) => new(new ClaimLook(
        ReadRunning(),
        Tenants("claim_queued_tenants", queuedAfter),
        page is { } limit ? ReadPage(limit) : [],
        Contended: false,
        database.Sql("list_bucket_pauses").List(StoredPause.Read)));

    public ValueTask<IReadOnlyList<ClaimedRun>> QueuedAsync(TenantRound round, RunningCounts running, IReadOnlyCollection<Guid> heldInstalls) =>
        new(EachTenant<ClaimedRun>(round, (tenant, most, found) =>
        {
            using var rows = database.Sql("claim_queued_select").Set("now", request.Now).Set("tenant", tenant.Value).Open();
            for (var left = most; left > 0 && rows.Read();)
            {
                var scope = new InstallScope(tenant, new InstallId(rows.Id(3)));
                if (!running.IsFull(scope) && (((RunTrigger)rows.Int(5)).IsAskedFor() || !heldInstalls.Contains(scope.Install.Value)))
                {
                    found.Add(StoredClaim.ReadQueued(rows));
                    left--;
                }
            }
        }));

    public ValueTask<IReadOnlyList<PassedTenant>> DueTenantsAsync(string after) => new(Tenants("claim_due_tenants", after));

    public ValueTask<IReadOnlyList<DueRow>> DueAsync(TenantRound round, RunningCounts running) => new(EachTenant<DueRow>(round, (tenant, most, found) =>
    {
        using var rows = database.Sql("claim_due_fair").Set("now", request.Now).Set("tenant", tenant.Value).Open();
        for (var left = most; left > 0 && rows.Read();)
        {
            if (!running.IsFull(new InstallScope(tenant, new InstallId(rows.Id(4)))))
            {
                found.Add(StoredClaim.ReadDue(rows));
                left--;
            }
        }
    }));

    public ValueTask<IReadOnlyList<Occurrence>> KnownAsync(IReadOnlyList<Occurrence> occurrences)
    {
        var known = new List<Occurrence>();
        foreach (var occurrence in occurrences)
        {
            using var rows = database.Sql("claim_due_known").Set("schedule", occurrence.Schedule.Value).Set("due_at", occurrence.DueAt).Open();
            if (rows.Read())
            {
                known.Add(occurrence);
            }
        }

        return new(known);
    }

    public ValueTask<int> ArmAsync(OuterPause ended, int most) => new(
        Ended("claim_pause_arm", ended).Set("limit", (long)most).Run() + Ended("claim_pause_arm_timed", ended).Set("limit", (long)most).Run());

    public ValueTask WriteAsync(ClaimWrites writes)
    {
        foreach (var run in writes.Queued)
        {
            database.Sql("claim_queued_open")
                .Set("node", request.Node)
                .Set("token", request.LeaseToken)
                .Set("until", request.LeaseUntil)
                .Set("now", request.Now)
                .Set("payload_revision", run.PayloadRevision)
                .Set("id", run.Lease.Id.Value)
                .Run();
        }

        foreach (var schedule in writes.Advanced)
        {
            database.Sql("claim_due_advance")
                .Set("next_due_at", schedule.NextDueAt)
                .Set("next_start_at", schedule.NextStartAt)
                .Set("last_due_at", schedule.LastDueAt)
                .Set("run", schedule.Run?.Value)
                .Set("waiting", WaitingJson.Write(schedule.Waiting))
                .Set("id", schedule.Schedule.Value)
                .Run();
            if (schedule.WasHeld || schedule.EndsOwn)
            {
                database.Sql("claim_due_release")
                    .Set("ends_own", schedule.EndsOwn)
                    .Set("counts_anew", schedule.CountsAnew)
                    .Set("id", schedule.Schedule.Value)
                    .Run();
            }
        }

        foreach (var schedule in writes.Held)
        {
            database.Sql("claim_due_hold")
                .Set("until", schedule.Until)
                .Set("held", KeptPauseJson.Write(schedule.By))
                .Set("ends_own", schedule.EndsOwn)
                .Set("counts_anew", schedule.CountsAnew)
                .Set("id", schedule.Schedule.Value)
                .Run();
        }

        foreach (var schedule in writes.Unplannable)
        {
            database.Sql("claim_due_disable")
                .Set("last_due_at", schedule.LastDueAt)
                .Set("error", schedule.Error)
                .Set("id", schedule.Schedule.Value)
                .Run();
            DefinitionRow.Add(database, schedule.Schedule, TimeSpan.Zero, DefinitionState.Unplannable, request.Now, Actor.Host.Id);
        }

        foreach (var run in writes.Opened)
        {
            Set("claim_due_open", run).Run();
        }

        foreach (var (run, ask) in writes.Filled)
        {
            Set("claim_backfill_open", run).Set("asked", RunAskJson.Write(ask)).Run();
        }

        foreach (var ended in writes.FilledIn)
        {
            StoredAuditEntry.WriteAlone(database.Sql("audit_backfill"), ended.Entry)
                .Set("schedule", ended.Schedule.Value)
                .Set("total", (long)ended.Backfill.Total)
                .Set("backfill", RunAskJson.Of(ended.Backfill.Id))
                .Run();
        }

        UnstartedRows.Add(database, writes.Recorded, request.Now);
        foreach (var pause in writes.Ended)
        {
            Ended("remove_ended_pause", pause).Set("id", pause.Pause.Id).Run();
        }

        return ValueTask.CompletedTask;
    }

    private Statement Ended(string statement, OuterPause pause) =>
        StoredPause.WriteTarget(database.Sql(statement), pause.Target).Set("ended_at", pause.Pause.EndsAt).Set("now", request.Now);

    private Statement Set(string statement, ClaimedRun run) => database.Sql(statement)
        .Set("id", run.Lease.Id.Value)
        .Set("tenant", run.Scope.Tenant.Value)
        .Set("install", run.Scope.Install.Value)
        .Set("schedule", run.Schedule.Value)
        .Set("due_at", run.DueAt)
        .Set("token", request.LeaseToken)
        .Set("until", request.LeaseUntil)
        .Set("now", request.Now)
        .Set("node", request.Node)
        .Set("payload_revision", run.PayloadRevision);

    private List<RunningInstall> ReadRunning()
    {
        using var rows = database.Sql("claim_running").Open();
        var list = new List<RunningInstall>();
        while (rows.Read())
        {
            list.Add(new RunningInstall(new InstallScope(TenantId.Parse(rows.Text(1)), new InstallId(rows.Id(0))), rows.Int(2)));
        }

        return list;
    }

    private List<DueRow> ReadPage(int limit)
    {
        using var rows = database.Sql("claim_due_select").Set("now", request.Now).Set("limit", (long)limit).Open();
        var page = new List<DueRow>();
        while (rows.Read())
        {
            page.Add(StoredClaim.ReadDue(rows));
        }

        return page;
    }

    private List<PassedTenant> Tenants(string statement, string after)
    {
        using var rows = database.Sql(statement).Set("now", request.Now).Set("after", after).Set("limit", (long)TenantTurns.Stretch).Open();
        var passed = new List<PassedTenant>();
        while (rows.Read())
        {
            passed.Add(new PassedTenant(rows.Text(0), rows.Bool(1)));
        }

        return passed;
    }

    private static List<T> EachTenant<T>(TenantRound round, Action<TenantId, int, List<T>> read)
    {
        var found = new List<T>();
        foreach (var (tenant, most) in round.Tenants.Zip(round.Each))
        {
            read(tenant, most, found);
        }

        return found;
    }
}
