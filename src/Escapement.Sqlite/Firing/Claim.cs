using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>
/// One claim, inside the writer's transaction: queued runs and what is due. While all that is due can be taken, it goes by due
/// time. When it cannot, there is a backlog, and it goes round the tenants.
/// </summary>
internal sealed class Claim(Database database, ClaimRequest request, ClaimTurns turns, TimeProvider time)
{
    // A look at a few more than can be taken costs little and tells whether anything is left.
    private const int SmallestPage = 64;

    private readonly RunningCounts running = new(request);
    private readonly List<ClaimedRun> runs = [];
    private int skipped;
    private int missed;
    private int passedOver;
    private int changed;
    private int unplannable;
    private bool more;

    private int Room => request.MaxRuns - runs.Count;

    private int DueRoom => Math.Min(Room, request.MaxChanged - changed);

    public ClaimedBatch Run()
    {
        if (Room <= 0)
        {
            return new ClaimedBatch([], 0, 0, 0, true);
        }

        ReadRunning();
        var dueFirst = turns.DueFirst;
        if (!dueFirst)
        {
            TakeQueued();
        }

        var queuedTookAll = Room <= 0;
        TakeDue();
        if (dueFirst)
        {
            TakeQueued();
        }

        turns.DueFirst = queuedTookAll;
        return new ClaimedBatch(runs, skipped, missed, passedOver, more || DueRoom <= 0, unplannable);
    }

    private void ReadRunning()
    {
        using var rows = database.Sql("claim_running").Open();
        while (rows.Read())
        {
            running.Add(new InstallScope(TenantId.Parse(rows.Text(1)), new InstallId(rows.Id(0))), rows.Int(2));
        }
    }

    private void TakeQueued()
    {
        var left = GoRound("claim_queued_tenants", turns.Queued, Room, tenant =>
        {
            var found = QueuedRun.Select(database, request.Now, tenant.Id, tenant.Most, running);
            foreach (var run in found)
            {
                if (running.IsFull(run.Scope))
                {
                    passedOver++;
                }
                else
                {
                    Take(run);
                }
            }

            return found.Count;
        });
        passedOver += left;
    }

    private void TakeDue()
    {
        var backlog = turns.HasBacklog || TakePage();
        if ((backlog || passedOver > 0) && DueRoom > 0)
        {
            var left = GoRound("claim_due_tenants", turns.Due, DueRoom, tenant =>
            {
                var found = DueRow.Select(database, request.Now, tenant.Id, tenant.Most, running);
                Settle(found);
                return found.Count;
            });

            // What the page before saw and left is counted already.
            passedOver = Math.Max(passedOver, left);
        }

        turns.HasBacklog = more || (backlog && DueRoom <= 0);
    }

    // True when there may be more.
    private bool TakePage()
    {
        var limit = Math.Max(SmallestPage, DueRoom);
        var page = DueRow.Select(database, request.Now, limit);
        Settle(page);
        return page.Count >= limit;
    }

    // How many tenants have work of which none could be taken.
    private int GoRound(string statement, TenantTurns of, int room, Func<(TenantId Id, int Most), int> take)
    {
        var round = of.Share(Passed(statement, of), running, room);
        more |= round.LeavesSomeOut;
        var left = round.Full;
        foreach (var tenant in round.Tenants.Zip(round.Each))
        {
            var found = take(tenant);
            left += found == 0 ? 1 : 0;
            more |= found >= tenant.Second;
        }

        return left;
    }

    private List<(string, bool)> Passed(string statement, TenantTurns of)
    {
        using var rows = database.Sql(statement).Set("now", request.Now).Set("after", of.After).Set("limit", (long)TenantTurns.Stretch).Open();
        var passed = new List<(string, bool)>();
        while (rows.Read())
        {
            passed.Add((rows.Text(0), rows.Bool(1)));
        }

        return passed;
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

    private void Settle(List<DueRow> rows)
    {
        foreach (var row in rows)
        {
            if (DueRoom <= 0)
            {
                more = true;
                return;
            }

            Settle(row);
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
            Lease = new LeasedRun(new RunId(id), row.Scope.Tenant, new ScheduleId(row.Id), request.LeaseToken),
            Scope = row.Scope,
            Schedule = new ScheduleId(row.Id),
            Endpoint = row.Endpoint,
            Payload = row.Payload,
            Policy = PolicyJson.Read(row.Policy),
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
