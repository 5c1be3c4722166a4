using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>
/// One bucket while a claim is made in it, in one transaction that holds its row. What can be asked together travels together, and what
/// is written travels with the commit.
/// </summary>
internal sealed class ClaimBucket(Session session, short bucket, ClaimRequest request, CancellationToken cancellationToken) : IClaimBucket
{
    public async ValueTask<ClaimLook?> LookAsync(string queuedAfter, int? page)
    {
        session.Begin().Sql("claim_bucket").Set("bucket", bucket);
        session.Sql("list_bucket_pauses").Set("bucket", bucket);
        session.Sql("claim_running").Set("bucket", bucket);
        AskTenants("claim_queued_tenants", queuedAfter);
        if (page is { } limit)
        {
            session.Sql("claim_due_count").Set("bucket", bucket).Set("now", request.Now).Set("limit", (long)limit);
            session.Sql("claim_due_select").Set("bucket", bucket).Set("now", request.Now).Set("limit", (long)limit);
        }

        await using var rows = await session.OpenAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return null;
        }

        await rows.NextAsync(cancellationToken);
        var pauses = await rows.ListAsync(StoredPause.Read, cancellationToken);
        await rows.NextAsync(cancellationToken);
        var running = await rows.ListAsync(
            r => new RunningInstall(new InstallScope(TenantId.Parse(r.Text(1)), new InstallId(r.Id(0))), r.Int(2)), cancellationToken);
        await rows.NextAsync(cancellationToken);
        var tenants = await rows.ListAsync(ReadTenant, cancellationToken);
        if (page is null)
        {
            return new ClaimLook(running, tenants, [], Contended: false, pauses);
        }

        await rows.NextAsync(cancellationToken);
        var there = await rows.ReadAsync(cancellationToken) ? rows.Int(0) : 0;
        await rows.NextAsync(cancellationToken);
        var due = await rows.ListAsync(StoredClaim.ReadDue, cancellationToken);
        return new ClaimLook(running, tenants, due, Contended: due.Count < there, pauses);
    }

    public ValueTask<IReadOnlyList<ClaimedRun>> QueuedAsync(TenantRound round, RunningCounts running, IReadOnlyCollection<Guid> heldInstalls)
    {
        SetRound(session.Sql("claim_queued_select"), round, running).Set("held_installs", heldInstalls);
        return ListAsync(StoredClaim.ReadQueued);
    }

    public async ValueTask<IReadOnlyList<PassedTenant>> DueTenantsAsync(string after)
    {
        AskTenants("claim_due_tenants", after);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ListAsync(ReadTenant, cancellationToken);
    }

    public ValueTask<IReadOnlyList<DueRow>> DueAsync(TenantRound round, RunningCounts running)
    {
        SetRound(session.Sql("claim_due_fair"), round, running);
        return ListAsync(StoredClaim.ReadDue);
    }

    public async ValueTask<IReadOnlyList<Occurrence>> KnownAsync(IReadOnlyList<Occurrence> occurrences)
    {
        session.Sql("claim_due_known")
            .Set("bucket", bucket)
            .Set("schedules", occurrences.Select(o => o.Schedule.Value))
            .Set("dues", occurrences.Select(o => o.DueAt));
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ListAsync(r => new Occurrence(new ScheduleId(r.Id(0)), r.Time(1)), cancellationToken);
    }

    public async ValueTask<int> ArmAsync(OuterPause ended, int most)
    {
        Ended("claim_pause_arm", ended).Set("limit", (long)most);
        Ended("claim_pause_arm_timed", ended).Set("limit", (long)most);
        return await session.RunAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(ClaimWrites writes)
    {
        AddQueued(writes.Queued);
        AddAdvanced(writes.Advanced);
        AddHeld(writes.Held);
        AddUnplannable(writes.Unplannable);
        AddOpened(writes.Opened);
        AddFilled(writes.Filled);
        AddFilledIn(writes.FilledIn);
        UnstartedRows.Add(session, bucket, writes.Recorded, request.Now);
        foreach (var pause in writes.Ended)
        {
            Ended("remove_ended_pause", pause).Set("id", pause.Pause.Id);
        }

        await session.Commit().RunAsync(cancellationToken);
    }

    private BatchStatement Ended(string statement, OuterPause pause) => StoredPause.WriteTarget(session.Sql(statement), pause.Target)
        .Set("bucket", bucket)
        .Set("ended_at", pause.Pause.EndsAt)
        .Set("now", request.Now);

    private async ValueTask<IReadOnlyList<T>> ListAsync<T>(Func<Rows, T> read)
    {
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ListAsync(read, cancellationToken);
    }

    private BatchStatement SetRound(BatchStatement statement, TenantRound round, RunningCounts running) => statement
        .Set("bucket", bucket)
        .Set("now", request.Now)
        .Set("tenants", round.Tenants.Select(t => t.Value))
        .Set("each", round.Each)
        .Set("full_installs", running.FullInstalls);

    private void AskTenants(string statement, string after) =>
        session.Sql(statement).Set("bucket", bucket).Set("now", request.Now).Set("after", after).Set("limit", TenantTurns.Stretch);

    private void AddQueued(IReadOnlyList<ClaimedRun> runs)
    {
        if (runs.Count > 0)
        {
            session.Sql("claim_queued_open")
                .Set("node", request.Node)
                .Set("token", request.LeaseToken)
                .Set("until", request.LeaseUntil)
                .Set("now", request.Now)
                .Set("bucket", bucket)
                .Set("schedules", runs.Select(r => r.Schedule.Value))
                .Set("payload_revisions", runs.Select(r => r.PayloadRevision));
            session.Sql("claim_queued_take").Set("bucket", bucket).Set("schedules", runs.Select(r => r.Schedule.Value));
        }
    }

    private void AddAdvanced(IReadOnlyList<AdvancedSchedule> schedules)
    {
        if (schedules.Count > 0)
        {
            session.Sql("claim_due_advance")
                .Set("bucket", bucket)
                .Set("ids", schedules.Select(s => s.Schedule.Value))
                .Set("nexts", schedules.Select(s => s.NextDueAt))
                .Set("starts", schedules.Select(s => s.NextStartAt))
                .Set("lasts", schedules.Select(s => s.LastDueAt))
                .Set("runs", schedules.Select(s => s.Run?.Value))
                .Set("waiting", schedules.Select(s => WaitingJson.Write(s.Waiting)))
                .Set("ends_own", schedules.Select(s => s.EndsOwn))
                .Set("counts_anew", schedules.Select(s => s.CountsAnew));
        }
    }

    private void AddHeld(IReadOnlyList<HeldSchedule> schedules)
    {
        if (schedules.Count > 0)
        {
            session.Sql("claim_due_hold")
                .Set("bucket", bucket)
                .Set("ids", schedules.Select(s => s.Schedule.Value))
                .Set("untils", schedules.Select(s => s.Until))
                .Set("held", schedules.Select(s => KeptPauseJson.Write(s.By)))
                .Set("ends_own", schedules.Select(s => s.EndsOwn))
                .Set("counts_anew", schedules.Select(s => s.CountsAnew));
        }
    }

    private void AddUnplannable(IReadOnlyList<UnplannableSchedule> schedules)
    {
        if (schedules.Count > 0)
        {
            session.Sql("claim_due_disable")
                .Set("bucket", bucket)
                .Set("ids", schedules.Select(s => s.Schedule.Value))
                .Set("lasts", schedules.Select(s => s.LastDueAt))
                .Set("errors", schedules.Select(s => s.Error));
            foreach (var schedule in schedules)
            {
                DefinitionRow.Add(session, bucket, schedule.Schedule, TimeSpan.Zero, DefinitionState.Unplannable, request.Now, Actor.Host.Id);
            }
        }
    }

    private void AddOpened(IReadOnlyList<ClaimedRun> runs)
    {
        if (runs.Count > 0)
        {
            Set("claim_due_open", runs);
        }
    }

    private void AddFilled(IReadOnlyList<FilledRun> filled)
    {
        if (filled.Count > 0)
        {
            Set("claim_backfill_open", [.. filled.Select(f => f.Run)]).Set("asks", filled.Select(f => RunAskJson.Write(f.Asked)));
        }
    }

    private void AddFilledIn(IReadOnlyList<EndedBackfill> backfills)
    {
        foreach (var ended in backfills)
        {
            StoredAuditEntry.WriteAlone(session.Sql("audit_backfill"), ended.Entry)
                .Set("bucket", bucket)
                .Set("schedule", ended.Schedule.Value)
                .Set("total", (long)ended.Backfill.Total)
                .Set("backfill", RunAskJson.Of(ended.Backfill.Id));
        }
    }

    private BatchStatement Set(string statement, IReadOnlyList<ClaimedRun> runs) => session.Sql(statement)
        .Set("bucket", bucket)
        .Set("token", request.LeaseToken)
        .Set("until", request.LeaseUntil)
        .Set("now", request.Now)
        .Set("node", request.Node)
        .Set("ids", runs.Select(r => r.Lease.Id.Value))
        .Set("tenants", runs.Select(r => r.Scope.Tenant.Value))
        .Set("installs", runs.Select(r => r.Scope.Install.Value))
        .Set("schedules", runs.Select(r => r.Schedule.Value))
        .Set("dues", runs.Select(r => r.DueAt))
        .Set("payload_revisions", runs.Select(r => r.PayloadRevision));

    private static PassedTenant ReadTenant(Rows rows) => new(rows.Text(0), rows.Bool(1));
}
