using Escapement.Firing;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Scheduling;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>One claim, inside the writer's transaction. Candidates are read a page at a time, then changed.</summary>
internal sealed class Claim(Database database, ClaimRequest request, TimeProvider time)
{
    // What is passed over may be much; a page of it is held in memory at a time.
    private const int MaxPage = 512;

    private readonly RunningCounts running = new(database, request);
    private readonly List<ClaimedRun> runs = [];
    private int skipped;
    private int missed;
    private int passedOver;
    private int changed;
    private int unplannable;

    private bool IsFull => runs.Count >= request.MaxRuns;

    public ClaimedBatch Run()
    {
        if (!IsFull)
        {
            TakeQueued();
        }

        var more = IsFull;
        if (!more)
        {
            more = TakeDue();
        }

        return new ClaimedBatch(runs, skipped, missed, passedOver, more || IsFull || changed >= request.MaxChanged, unplannable);
    }

    private void TakeQueued()
    {
        var after = (At: long.MinValue, Id: Guid.Empty);
        List<QueuedRun> page;
        do
        {
            var limit = Math.Min(request.MaxRuns - runs.Count, MaxPage);
            page = QueuedRun.Select(database, request.Now, after, limit);
            foreach (var queued in page)
            {
                if (running.IsFull(queued.Run.Scope))
                {
                    passedOver++;
                }
                else
                {
                    Take(queued.Run);
                }

                after = (queued.AvailableAt, queued.Run.Lease.Id.Value);
            }

            if (page.Count < limit)
            {
                return;
            }
        }
        while (!IsFull);
    }

    private void Take(ClaimedRun run)
    {
        database.Sql("claim_queued_update")
            .Set("node", request.Node)
            .Set("token", request.LeaseToken)
            .Set("until", request.LeaseUntil)
            .Set("now", request.Now)
            .Set("id", run.Lease.Id.Value)
            .Run();
        running.Add(run.Scope);
        runs.Add(run with { Lease = run.Lease with { Token = request.LeaseToken }, Attempt = run.Attempt + 1 });
    }

    // True when a limit of the request stopped it.
    private bool TakeDue()
    {
        var after = (At: long.MinValue, Id: Guid.Empty);
        while (true)
        {
            var limit = Math.Min(Math.Min(request.MaxRuns - runs.Count, request.MaxChanged - changed), MaxPage);
            if (limit <= 0)
            {
                return true;
            }

            var page = DueRow.Select(database, request.Now, after, limit);
            foreach (var row in page)
            {
                Settle(row);
                after = (row.DueAt, row.Id);
            }

            if (page.Count < limit)
            {
                return false;
            }
        }
    }

    private void Settle(in DueRow row)
    {
        var full = running.IsFull(row.Scope);
        if (full && row.ActiveRun is null)
        {
            passedOver++;
            return;
        }

        var due = new DueSchedule(new ScheduleId(row.Id), DateTimeOffset.FromUnixTimeMilliseconds(row.DueAt), row.Cron, row.TimeZone, row.ActiveRun);
        var plan = request.Plan(due);
        if (full && plan.Fire is not null)
        {
            passedOver++;
            return;
        }

        changed++;
        if (plan.Broken is { } why)
        {
            SetAside(row, plan, why);
            return;
        }

        if (plan.Missed is { } range && Record(row, range.From, RunState.Missed, range.Reason, range))
        {
            missed += range.Count;
        }

        if (plan.Skip is { } skip && Record(row, skip, RunState.Skipped, RunReason.Overlap, null))
        {
            skipped++;
        }

        var run = plan.Fire is { } fire ? Open(row, fire) : null;
        database.Sql("claim_due_advance")
            .Set("next_due_at", plan.NextDueAt)
            .Set("last_due_at", plan.LastDueAt)
            .Set("run", run)
            .Set("id", row.Id)
            .Run();
    }

    private void SetAside(in DueRow row, in OccurrencePlan plan, string why)
    {
        Record(row, plan.LastDueAt, RunState.Abandoned, RunReason.ScheduleUnplannable, null, why);
        database.Sql("claim_due_disable")
            .Set("last_due_at", plan.LastDueAt)
            .Set("error", why)
            .Set("id", row.Id)
            .Run();
        unplannable++;
    }

    private Guid? Open(in DueRow row, DateTimeOffset dueAt)
    {
        var id = Ids.Next(time);
        var opened = database.Sql("claim_due_open")
            .Set("id", id)
            .Set("tenant", row.Scope.Tenant.Value)
            .Set("install", row.Scope.Install.Value)
            .Set("schedule", row.Id)
            .Set("due_at", dueAt)
            .Set("token", request.LeaseToken)
            .Set("until", request.LeaseUntil)
            .Set("now", request.Now)
            .Set("node", request.Node)
            .Run();
        if (opened == 0)
        {
            return null;
        }

        running.Add(row.Scope);
        runs.Add(new ClaimedRun
        {
            Lease = new LeasedRun(new RunId(id), row.Scope.Tenant, dueAt, request.LeaseToken),
            Scope = row.Scope,
            Schedule = new ScheduleId(row.Id),
            Endpoint = row.Endpoint,
            Payload = row.Payload,
            Retry = RetryJson.Read(row.Retry),
            ScheduleEnabled = true,
            DueAt = dueAt,
            Trigger = RunTrigger.Schedule,
            Attempt = 1,
        });
        return id;
    }

    private bool Record(in DueRow row, DateTimeOffset dueAt, RunState state, RunReason reason, MissedOccurrences? range, string? error = null) =>
        database.Sql("claim_due_record")
            .Set("id", Ids.Next(time))
            .Set("tenant", row.Scope.Tenant.Value)
            .Set("install", row.Scope.Install.Value)
            .Set("schedule", row.Id)
            .Set("due_at", dueAt)
            .Set("state", (long)state)
            .Set("reason", (long)reason)
            .Set("now", request.Now)
            .Set("missed_count", (long?)range?.Count)
            .Set("missed_from", range?.From)
            .Set("missed_to", range?.To)
            .Set("error", error)
            .Run() > 0;
}
