using Escapement.Firing.Ending;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>
/// Writes the outcomes of attempts, in one transaction: runs first, then the schedules of those whose lease was still held. Runs that
/// end go into the ledger within the database. Those that are to be queued again come by here, because their attempt is added to
/// their list. Each statement is about one bucket; those of all buckets travel together.
/// </summary>
internal sealed class Completions(Session session, IReadOnlyList<AttemptOutcome> all)
{
    private readonly Dictionary<(ScheduleId Schedule, Hold Hold), RunningRun> taken = [];
    private readonly HashSet<(ScheduleId Schedule, Hold Hold)> written = [];
    private readonly HashSet<Guid> alive = [];

    /// <summary>Answers the runs whose lease was no longer held.</summary>
    public async ValueTask<IReadOnlyList<RunId>> RunAsync(CancellationToken cancellationToken)
    {
        // Every writer goes through rows in this order, so that two never wait for one another in a circle.
        var buckets = all.GroupBy(c => Bucket.Of(c.Lease.Tenant)).OrderBy(g => g.Key)
            .Select(g => (Bucket: g.Key, Completions: g.OrderBy(c => c.Lease.Schedule.Value).ToList())).ToList();
        session.Begin();
        await WriteRunsAsync(buckets, cancellationToken);
        if (taken.Count > 0)
        {
            await HoldSchedulesAsync(buckets, cancellationToken);
        }

        foreach (var (bucket, completions) in buckets)
        {
            EndedRuns.Write(session, bucket, [.. completions.Where(c => taken.ContainsKey(Key(c))).Select(End)]);
            Show(bucket, completions.FindAll(c => written.Contains(Key(c))));
        }

        await session.Commit().RunAsync(cancellationToken);
        return [.. all.Where(c => !written.Contains(Key(c))).Select(c => c.Lease.Id)];
    }

    // A schedule has one open run at most, so this is enough to know an attempt by.
    private static (ScheduleId Schedule, Hold Hold) Key(AttemptOutcome completion) => (completion.Lease.Schedule, HoldOf(completion));

    private static Hold HoldOf(AttemptOutcome completion) => new(completion.Lease.Token, completion.Attempt);

    private static bool WantsAnother(AttemptOutcome completion) => completion.State == RunState.Queued;

    private bool StaysOpen(AttemptOutcome completion) => WantsAnother(completion) && alive.Contains(completion.Lease.Schedule.Value);

    // Closes the runs that end, and takes those that do not.
    private async ValueTask WriteRunsAsync(List<(short Bucket, List<AttemptOutcome> Completions)> buckets, CancellationToken cancellationToken)
    {
        session.PlanByValue();
        var asked = new List<(Hold Hold, bool Takes)>();
        foreach (var (bucket, completions) in buckets)
        {
            foreach (var group in completions.GroupBy(c => (Hold: HoldOf(c), Takes: WantsAnother(c))).OrderBy(g => g.Key.Hold.Token).ThenBy(g => g.Key.Hold.Attempt))
            {
                asked.Add(group.Key);
                if (group.Key.Takes)
                {
                    group.Key.Hold.SetOn(session.Sql("complete_take")).Set("bucket", bucket).Set("schedules", group.Select(c => c.Lease.Schedule.Value));
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
                var run = takes ? RunningRun.Read(rows) : null;
                var key = (new ScheduleId(run?.Schedule ?? rows.Id(0)), hold);
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
    private async ValueTask HoldSchedulesAsync(List<(short Bucket, List<AttemptOutcome> Completions)> buckets, CancellationToken cancellationToken)
    {
        foreach (var (bucket, completions) in buckets.Where(b => b.Completions.Exists(c => taken.ContainsKey(Key(c)))))
        {
            session.Sql("complete_hold_schedules").Set("bucket", bucket).Set("ids", completions.Select(c => c.Lease.Schedule.Value));
        }

        await using var rows = await session.OpenAsync(cancellationToken);
        do
        {
            alive.UnionWith(await rows.ListAsync(r => r.Id(0), cancellationToken));
        }
        while (await rows.NextAsync(cancellationToken));
    }

    private void Close(short bucket, Hold hold, List<AttemptOutcome> completions) => hold.SetOn(session.Sql("complete_run"))
        .Set("bucket", bucket)
        .Set("schedules", completions.Select(c => c.Lease.Schedule.Value))
        .Set("ids", completions.Select(c => c.Lease.Id.Value))
        .Set("states", completions.Select(c => (int)c.State))
        .Set("reasons", completions.Select(c => (int)c.Reason))
        .Set("started", completions.Select(c => c.StartedAt))
        .Set("finished", completions.Select(c => c.FinishedAt))
        .Set("versions", completions.Select(c => c.Version?.Value))
        .Set("status_codes", completions.Select(c => c.StatusCode))
        .Set("errors", completions.Select(c => c.Error))
        .Set("evidences", completions.Select(c => LedgerJson.Write(c.Evidence)));

    private EndedRun End(AttemptOutcome c)
    {
        var run = taken[Key(c)];
        var ended = new EndedRun(run)
        {
            State = RunState.Queued,
            Reason = c.Reason,
            At = c.FinishedAt,
            StartedAt = c.StartedAt,
            Version = c.Version,
            StatusCode = c.StatusCode,
            Error = c.Error,
            Evidence = c.Evidence,
        };
        return (StaysOpen(c), c.Reason) switch
        {
            (true, _) => ended with
            {
                AvailableAt = c.RetryAt,
                Stopped = c.Reason == RunReason.NodeStopped ? 1 : 0,
                EarlierAttempts = LedgerJson.Append(run.EarlierAttempts, new EndedAttempt(c.Attempt, c.StartedAt, c.FinishedAt, c.Reason, run.Node, c.Error)),
            },

            // Its schedule is gone: what is known of the attempt is the outcome.
            (_, RunReason.NodeStopped) => ended with { State = RunState.Abandoned, Reason = RunReason.ScheduleDeleted },
            _ => ended with { State = RunState.Failed },
        };
    }

    private void Show(short bucket, List<AttemptOutcome> completions)
    {
        if (completions.Count > 0)
        {
            session.Sql("complete_schedule")
                .Set("bucket", bucket)
                .Set("ids", completions.Select(c => c.Lease.Schedule.Value))
                .Set("runs", completions.Select(c => c.Lease.Id.Value))
                .Set("ended", completions.Select(c => !StaysOpen(c)))
                .Set("started", completions.Select(c => c.Reason == RunReason.NodeStopped ? null : c.StartedAt))
                .Set("statuses", completions.Select(c => (int)(c.State == RunState.Succeeded ? LastRunStatus.Success : LastRunStatus.Error)))
                .Set("errors", completions.Select(c => c.State == RunState.Succeeded ? null : c.Error))
                .Set("disables", completions.Select(c => c.DisablesSchedule));
        }
    }

    // What a run is still held by. The attempts of one claim are nearly always the first, so this is one group for each claim.
    private readonly record struct Hold(Guid Token, int Attempt)
    {
        public BatchStatement SetOn(BatchStatement statement) => statement.Set("token", Token).Set("attempt", Attempt);
    }
}
