using Escapement.Firing.Ending;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>
/// Writes the outcomes of attempts, in one transaction: runs first, then the schedules of those whose lease was still held. Runs that
/// end go into the ledger within the database. Those that are to be queued again come by here, because their attempt is added to
/// their list. Each statement is about one bucket; those of all buckets travel together.
/// </summary>
internal sealed class Outcomes(Session session, IReadOnlyList<AttemptOutcome> all, TimeProvider time)
{
    private readonly Dictionary<(ScheduleId Schedule, Hold Hold), RunningRun> taken = [];
    private readonly HashSet<(ScheduleId Schedule, Hold Hold)> written = [];
    private readonly HashSet<Guid> alive = [];

    /// <summary>Answers the runs whose lease was no longer held.</summary>
    public async ValueTask<IReadOnlyList<RunId>> RunAsync(CancellationToken cancellationToken)
    {
        // Every writer goes through rows in this order, so that two never wait for one another in a circle.
        var buckets = all.GroupBy(c => Bucket.Of(c.Lease.Tenant)).OrderBy(g => g.Key)
            .Select(g => (Bucket: g.Key, Outcomes: g.OrderBy(c => c.Lease.Schedule.Value).ToList())).ToList();
        session.Begin();
        await WriteRunsAsync(buckets, cancellationToken);
        if (taken.Count > 0)
        {
            await HoldSchedulesAsync(buckets, cancellationToken);
        }

        foreach (var (bucket, outcomes) in buckets)
        {
            SettledRuns.Write(
                session, bucket, [.. outcomes.Where(o => taken.ContainsKey(Key(o))).Select(o => SettledRun.Of(o, taken[Key(o)], HasSchedule(o)))]);
            Show(bucket, [.. outcomes.Where(o => written.Contains(Key(o))).Select(o => ScheduleMark.Of(o, o.WantsAnother && HasSchedule(o)))]);
        }

        await session.Commit().RunAsync(cancellationToken);
        return [.. all.Where(c => !written.Contains(Key(c))).Select(c => c.Lease.Id)];
    }

    // A schedule has one open run at most, so this is enough to know an attempt by.
    private static (ScheduleId Schedule, Hold Hold) Key(AttemptOutcome outcome) => (outcome.Lease.Schedule, HoldOf(outcome));

    private static Hold HoldOf(AttemptOutcome outcome) => new(outcome.Lease.Token, outcome.Attempt);

    private bool HasSchedule(AttemptOutcome outcome) => alive.Contains(outcome.Lease.Schedule.Value);

    // Closes the runs that end, and takes those that do not.
    private async ValueTask WriteRunsAsync(List<(short Bucket, List<AttemptOutcome> Outcomes)> buckets, CancellationToken cancellationToken)
    {
        session.PlanByValue();
        var asked = new List<(Hold Hold, bool Takes)>();
        foreach (var (bucket, outcomes) in buckets)
        {
            foreach (var group in outcomes
                .GroupBy(c => (Hold: HoldOf(c), Takes: c.WantsAnother))
                .OrderBy(g => g.Key.Hold.Token)
                .ThenBy(g => g.Key.Hold.Attempt))
            {
                asked.Add(group.Key);
                if (group.Key.Takes)
                {
                    group.Key.Hold.SetOn(session.Sql("record_take")).Set("bucket", bucket).Set("schedules", group.Select(c => c.Lease.Schedule.Value));
                }
                else
                {
                    Close(bucket, group.Key.Hold, [.. group]);
                }
            }
        }

        session.PlanAsUsual();
        await using var rows = await session.OpenAsync(cancellationToken);
        foreach (var (hold, takes) in asked)
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                var run = takes ? StoredRunningRun.Read(rows) : null;
                var key = (run?.Schedule ?? new ScheduleId(rows.Id(0)), hold);
                written.Add(key);
                if (run is not null)
                {
                    taken[key] = run;
                }
            }

            await rows.NextAsync(cancellationToken);
        }
    }

    // A queued run always has a schedule. All of a bucket are held, those of the other runs too, to go through them once and in order.
    private async ValueTask HoldSchedulesAsync(List<(short Bucket, List<AttemptOutcome> Outcomes)> buckets, CancellationToken cancellationToken)
    {
        foreach (var (bucket, outcomes) in buckets.Where(b => b.Outcomes.Exists(c => taken.ContainsKey(Key(c)))))
        {
            session.Sql("record_hold_schedules").Set("bucket", bucket).Set("ids", outcomes.Select(c => c.Lease.Schedule.Value));
        }

        await using var rows = await session.OpenAsync(cancellationToken);
        do
        {
            alive.UnionWith(await rows.ListAsync(r => r.Id(0), cancellationToken));
        }
        while (await rows.NextAsync(cancellationToken));
    }

    private void Close(short bucket, Hold hold, List<AttemptOutcome> outcomes) => hold.SetOn(session.Sql("record_run"))
        .Set("bucket", bucket)
        .Set("schedules", outcomes.Select(c => c.Lease.Schedule.Value))
        .Set("ids", outcomes.Select(c => c.Lease.Id.Value))
        .Set("states", outcomes.Select(c => (int)c.State))
        .Set("reasons", outcomes.Select(c => (int)c.Reason))
        .Set("started", outcomes.Select(c => c.StartedAt))
        .Set("finished", outcomes.Select(c => c.FinishedAt))
        .Set("versions", outcomes.Select(c => c.Version?.Value))
        .Set("status_codes", outcomes.Select(c => c.StatusCode))
        .Set("errors", outcomes.Select(c => c.Error))
        .Set("evidences", outcomes.Select(c => LedgerJson.Write(c.Evidence)));

    private void Show(short bucket, List<ScheduleMark> marks)
    {
        if (marks.Count > 0)
        {
            session.Sql("record_schedule")
                .Set("bucket", bucket)
                .Set("ids", marks.Select(m => m.Schedule.Value))
                .Set("runs", marks.Select(m => m.Run.Value))
                .Set("ended", marks.Select(m => m.Frees))
                .Set("started", marks.Select(m => m.LastRunAt))
                .Set("finished", marks.Select(m => m.EndedAt))
                .Set("statuses", marks.Select(m => (int)m.Status))
                .Set("errors", marks.Select(m => m.Error))
                .Set("failures_before", marks.Select(m => m.Failures.Before))
                .Set("failures", marks.Select(m => m.Failures.After));
        }

        foreach (var (mark, pausing) in marks.Where(m => m.Pausing is not null).Select(m => (m, m.Pausing!)))
        {
            StoredSchedule.WritePause(session.Sql("pause_by_host"), mark.Schedule, pausing.Pause)
                .Set("bucket", bucket)
                .Set("failures", pausing.Failures)
                .Set("last_error", pausing.LastError);
            StoredAuditEntry.WriteDeed(session.Sql("audit_pause"), mark.AuditOf(pausing.Pause, time))
                .Set("bucket", bucket)
                .Set("schedule", mark.Schedule.Value)
                .Set("pause", KeptPauseJson.Write(pausing.Pause));
        }
    }

    // What a run is still held by. The attempts of one claim are nearly always the first, so this is one group for each claim.
    private readonly record struct Hold(Guid Token, int Attempt)
    {
        public BatchStatement SetOn(BatchStatement statement) => statement.Set("token", Token).Set("attempt", Attempt);
    }
}
