using Escapement.Firing;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>
/// Writes the outcomes of attempts, in one transaction: runs first, then the schedules of those whose lease was still held. Each
/// statement is about one bucket; those of all buckets travel together.
/// </summary>
internal sealed class Completions(Session session, IReadOnlyList<RunCompletion> all)
{
    private readonly HashSet<Guid> written = [];
    private readonly HashSet<Guid> requeued = [];

    /// <summary>Answers the runs whose lease was no longer held.</summary>
    public async ValueTask<IReadOnlyList<RunId>> RunAsync(CancellationToken cancellationToken)
    {
        // Every writer of outcomes goes through rows in this order, so that two never wait for one another in a circle.
        var buckets = all.GroupBy(c => Bucket.Of(c.Lease.Tenant)).OrderBy(g => g.Key)
            .Select(g => (Bucket: g.Key, Completions: g.OrderBy(c => c.Lease.Id.Value).ToList())).ToList();
        session.Begin();
        await RequeueAsync(buckets, cancellationToken);
        foreach (var (bucket, completions) in buckets)
        {
            Close(bucket, completions.FindAll(c => !requeued.Contains(c.Lease.Id.Value)));
        }

        await ReadAsync(written, cancellationToken);
        written.UnionWith(requeued);
        foreach (var (bucket, completions) in buckets)
        {
            Show(bucket, completions.FindAll(c => written.Contains(c.Lease.Id.Value)));
        }

        await session.Commit().RunAsync(cancellationToken);
        return [.. all.Where(c => !written.Contains(c.Lease.Id.Value)).Select(c => c.Lease.Id)];
    }

    private async ValueTask RequeueAsync(List<(short Bucket, List<RunCompletion> Completions)> buckets, CancellationToken cancellationToken)
    {
        var wanted = buckets.Select(b => (b.Bucket, Completions: b.Completions.FindAll(c => c.State == RunState.Queued))).Where(b => b.Completions.Count > 0).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        foreach (var (bucket, completions) in wanted)
        {
            SetLeases(session.Sql("complete_requeue_select"), bucket, completions).Set("attempts", completions.Select(c => c.Attempt));
        }

        var held = new Dictionary<Guid, (string? Node, string? Earlier)>();
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            do
            {
                while (await rows.ReadAsync(cancellationToken))
                {
                    held[rows.Id(0)] = (rows.TextOrNull(1), rows.TextOrNull(2));
                }
            }
            while (await rows.NextAsync(cancellationToken));
        }

        foreach (var (bucket, completions) in wanted)
        {
            Requeue(bucket, completions.FindAll(c => held.ContainsKey(c.Lease.Id.Value)), held);
        }

        await ReadAsync(requeued, cancellationToken);
    }

    private void Requeue(short bucket, List<RunCompletion> completions, Dictionary<Guid, (string? Node, string? Earlier)> held) => session.Sql("complete_requeue")
        .Set("bucket", bucket)
        .Set("ids", completions.Select(c => c.Lease.Id.Value))
        .Set("dues", completions.Select(c => c.Lease.DueAt))
        .Set("schedules", completions.Select(c => c.Schedule.Value))
        .Set("stopped", completions.Select(c => c.Reason == RunReason.NodeStopped ? 1 : 0))
        .Set("started", completions.Select(c => c.StartedAt))
        .Set("retries", completions.Select(c => c.RetryAt ?? c.FinishedAt))
        .Set("status_codes", completions.Select(c => c.StatusCode))
        .Set("errors", completions.Select(c => c.Error))
        .Set("evidences", completions.Select(c => LedgerJson.Write(c.Evidence)))
        .Set("earlier_attempts", completions.Select(c => LedgerJson.Append(
            held[c.Lease.Id.Value].Earlier, new EndedAttempt(c.Attempt, c.StartedAt, c.FinishedAt, c.Reason, held[c.Lease.Id.Value].Node, c.Error))));

    private void Close(short bucket, List<RunCompletion> completions)
    {
        if (completions.Count > 0)
        {
            SetLeases(session.Sql("complete_run"), bucket, completions)
                .Set("attempts", completions.Select(c => c.Attempt))
                .Set("states", completions.Select(c => (int)Outcome(c).State))
                .Set("reasons", completions.Select(c => (int)Outcome(c).Reason))
                .Set("started", completions.Select(c => c.StartedAt))
                .Set("finished", completions.Select(c => c.FinishedAt))
                .Set("status_codes", completions.Select(c => c.StatusCode))
                .Set("errors", completions.Select(c => c.Error))
                .Set("evidences", completions.Select(c => LedgerJson.Write(c.Evidence)));
        }
    }

    private void Show(short bucket, List<RunCompletion> completions)
    {
        if (completions.Count > 0)
        {
            session.Sql("complete_schedule")
                .Set("bucket", bucket)
                .Set("ids", completions.Select(c => c.Schedule.Value))
                .Set("runs", completions.Select(c => c.Lease.Id.Value))
                .Set("ended", completions.Select(c => !requeued.Contains(c.Lease.Id.Value)))
                .Set("started", completions.Select(c => c.Reason == RunReason.NodeStopped ? null : c.StartedAt))
                .Set("statuses", completions.Select(c => (int)(c.State == RunState.Succeeded ? LastRunStatus.Success : LastRunStatus.Error)))
                .Set("errors", completions.Select(c => c.State == RunState.Succeeded ? null : c.Error))
                .Set("disables", completions.Select(c => c.DisablesSchedule));
        }
    }

    // An attempt that was to be followed by another, whose schedule is gone: what is known of the attempt is the outcome.
    private static (RunState State, RunReason Reason) Outcome(RunCompletion c) => c switch
    {
        { State: not RunState.Queued } => (c.State, c.Reason),
        { Reason: RunReason.NodeStopped } => (RunState.Abandoned, RunReason.ScheduleDeleted),
        _ => (RunState.Failed, c.Reason),
    };

    private static BatchStatement SetLeases(BatchStatement statement, short bucket, List<RunCompletion> completions) => statement
        .Set("bucket", bucket)
        .Set("ids", completions.Select(c => c.Lease.Id.Value))
        .Set("dues", completions.Select(c => c.Lease.DueAt))
        .Set("tokens", completions.Select(c => c.Lease.Token));

    private async ValueTask ReadAsync(HashSet<Guid> into, CancellationToken cancellationToken)
    {
        await using var rows = await session.OpenAsync(cancellationToken);
        do
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                into.Add(rows.Id(0));
            }
        }
        while (await rows.NextAsync(cancellationToken));
    }
}
