using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Connections;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>What a claim writes, gathered so that each kind of row is one statement.</summary>
internal sealed class LedgerWrites(ClaimRequest request, TimeProvider time)
{
    private readonly List<(ScheduleId Schedule, OccurrencePlan Plan, Guid? Run)> advanced = [];
    private readonly List<(ScheduleId Schedule, OccurrencePlan Plan)> broken = [];
    private readonly List<Recorded> recorded = [];
    private readonly HashSet<ScheduleId> covered = [];
    private readonly List<(ScheduleId Schedule, DateTimeOffset DueAt)> doubtful = [];

    /// <summary>Runs that this claim opens; after <see cref="WriteAsync"/>, those that it did open.</summary>
    public List<ClaimedRun> Opened { get; } = [];

    public int Skipped => recorded.Count(r => r.State == RunState.Skipped);

    public int Missed => recorded.Sum(r => r.Range?.Count ?? 0);

    public int Unplannable => broken.Count;

    public int Changed => advanced.Count + broken.Count;

    public bool Covers(ScheduleId schedule) => covered.Contains(schedule);

    /// <summary>Takes a plan; true when it opens a run.</summary>
    public bool Add(DueRow row, in OccurrencePlan plan)
    {
        covered.Add(row.Id);
        if (plan.Broken is { } why)
        {
            Record(new Recorded(Ids.Next(time), row, plan.LastDueAt, RunState.Abandoned, RunReason.ScheduleUnplannable, null, why));
            broken.Add((row.Id, plan));
            return false;
        }

        if (plan.Missed is { } range)
        {
            Record(new Recorded(Ids.Next(time), row, range.From, RunState.Missed, range.Reason, range, null));
        }

        if (plan.Skip is { } skip)
        {
            Record(new Recorded(Ids.Next(time), row, skip, RunState.Skipped, RunReason.Overlap, null, null));
        }

        Guid? run = null;
        if (plan.Fire is { } fire)
        {
            run = Ids.Next(time);
            Opened.Add(Open(row, new RunId(run.Value), fire));
            Doubt(row, fire);
        }

        advanced.Add((row.Id, plan, run));
        return run is not null;
    }

    /// <summary>Sends everything, the queued runs taken included, and commits.</summary>
    public async ValueTask WriteAsync(Session session, short bucket, IReadOnlyList<ClaimedRun> queued, CancellationToken cancellationToken)
    {
        await LeaveKnownAsync(session, bucket, cancellationToken);
        if (queued.Count > 0)
        {
            session.Sql("claim_queued_open")
                .Set("node", request.Node)
                .Set("token", request.LeaseToken)
                .Set("until", request.LeaseUntil)
                .Set("now", request.Now)
                .Set("bucket", bucket)
                .Set("schedules", queued.Select(r => r.Schedule.Value));
        }

        AddAdvance(session, bucket);
        AddOpen(session, bucket);
        AddRecord(session, bucket);
        await session.Commit().RunAsync(cancellationToken);
    }

    private void Record(Recorded row)
    {
        recorded.Add(row);
        Doubt(row.Row, row.DueAt);
    }

    private void Doubt(DueRow row, DateTimeOffset dueAt)
    {
        if (dueAt <= row.LastDueAt)
        {
            doubtful.Add((row.Id, dueAt));
        }
    }

    // Hardly ever anything: a clock that was set back is what makes an occurrence come due whose row is there.
    private async ValueTask LeaveKnownAsync(Session session, short bucket, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0)
        {
            return;
        }

        session.Sql("claim_due_known").Set("bucket", bucket).Set("schedules", doubtful.Select(d => d.Schedule.Value)).Set("dues", doubtful.Select(d => d.DueAt));
        await using var rows = await session.OpenAsync(cancellationToken);
        var known = (await rows.ListAsync(r => (new ScheduleId(r.Id(0)), r.Time(1)), cancellationToken)).ToHashSet();
        recorded.RemoveAll(r => known.Contains((r.Row.Id, Kept(r.DueAt))));
        foreach (var run in Opened.FindAll(r => known.Contains((r.Schedule, Kept(r.DueAt)))))
        {
            Opened.Remove(run);
            var at = advanced.FindIndex(a => a.Schedule == run.Schedule);
            advanced[at] = advanced[at] with { Run = null };
        }
    }

    private static DateTimeOffset Kept(DateTimeOffset at) => BatchStatement.Cut(at);

    private ClaimedRun Open(DueRow row, RunId run, DateTimeOffset dueAt) => new()
    {
        Lease = new LeasedRun(run, row.Scope.Tenant, row.Id, request.LeaseToken),
        Scope = row.Scope,
        Schedule = row.Id,
        Endpoint = row.Endpoint,
        Payload = row.Payload,
        Policy = PolicyJson.Read(row.Policy),
        ScheduleEnabled = true,
        DueAt = dueAt,
        Trigger = RunTrigger.Schedule,
        Attempt = 1,
    };

    private void AddAdvance(Session session, short bucket)
    {
        if (advanced.Count > 0)
        {
            session.Sql("claim_due_advance")
                .Set("bucket", bucket)
                .Set("ids", advanced.Select(a => a.Schedule.Value))
                .Set("nexts", advanced.Select(a => a.Plan.NextDueAt))
                .Set("lasts", advanced.Select(a => a.Plan.LastDueAt))
                .Set("runs", advanced.Select(a => a.Run));
        }

        if (broken.Count > 0)
        {
            session.Sql("claim_due_disable")
                .Set("bucket", bucket)
                .Set("ids", broken.Select(b => b.Schedule.Value))
                .Set("lasts", broken.Select(b => b.Plan.LastDueAt))
                .Set("errors", broken.Select(b => b.Plan.Broken));
        }
    }

    private void AddOpen(Session session, short bucket)
    {
        if (Opened.Count > 0)
        {
            session.Sql("claim_due_open")
                .Set("bucket", bucket)
                .Set("token", request.LeaseToken)
                .Set("until", request.LeaseUntil)
                .Set("now", request.Now)
                .Set("node", request.Node)
                .Set("ids", Opened.Select(r => r.Lease.Id.Value))
                .Set("tenants", Opened.Select(r => r.Scope.Tenant.Value))
                .Set("installs", Opened.Select(r => r.Scope.Install.Value))
                .Set("schedules", Opened.Select(r => r.Schedule.Value))
                .Set("dues", Opened.Select(r => r.DueAt));
        }
    }

    private void AddRecord(Session session, short bucket)
    {
        if (recorded.Count > 0)
        {
            session.Sql("claim_due_record")
                .Set("bucket", bucket)
                .Set("now", request.Now)
                .Set("ids", recorded.Select(r => r.Id))
                .Set("tenants", recorded.Select(r => r.Row.Scope.Tenant.Value))
                .Set("installs", recorded.Select(r => r.Row.Scope.Install.Value))
                .Set("schedules", recorded.Select(r => r.Row.Id.Value))
                .Set("dues", recorded.Select(r => r.DueAt))
                .Set("states", recorded.Select(r => (int)r.State))
                .Set("reasons", recorded.Select(r => (int)r.Reason))
                .Set("missed_counts", recorded.Select(r => r.Range?.Count))
                .Set("missed_froms", recorded.Select(r => r.Range?.From))
                .Set("missed_tos", recorded.Select(r => r.Range?.To))
                .Set("errors", recorded.Select(r => r.Error));
        }
    }

    private sealed record Recorded(Guid Id, DueRow Row, DateTimeOffset DueAt, RunState State, RunReason Reason, MissedOccurrences? Range, string? Error);
}
