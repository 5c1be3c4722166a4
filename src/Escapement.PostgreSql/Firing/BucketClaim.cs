using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Connections;

namespace Escapement.PostgreSql.Firing;

/// <summary>
/// One claim in one bucket, in one transaction that holds the bucket's row: what is queued first, then what is due. While all
/// that is due can be taken, it goes by due time. When it cannot, there is a backlog, and it goes round the tenants.
/// </summary>
internal sealed class BucketClaim(Session session, short bucket, ClaimRequest request, int maxRuns, int maxChanged, ClaimTurns turns, TimeProvider time)
{
    // A look at a few more than can be taken costs little and tells whether anything is left.
    private const int SmallestPage = 64;

    private readonly RunningCounts running = new(request);
    private readonly List<ClaimedRun> queued = [];
    private readonly LedgerWrites writes = new(request, time);
    private int passedOver;
    private bool more;

    // As it was when the claim began: another claim of this node may change it before this one has the bucket's row.
    private readonly bool hadBacklog = turns.HasBacklog;

    private int Room => maxRuns - queued.Count - writes.Opened.Count;

    /// <summary>Null when another node claims in this bucket now.</summary>
    public async ValueTask<BucketOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        var page = Math.Max(SmallestPage, Math.Min(maxRuns, maxChanged));
        Ask(page);
        List<(string, bool)> tenants;
        List<DueRow> due = [];
        var contended = false;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            if (!await rows.ReadAsync(cancellationToken))
            {
                return null;
            }

            await rows.NextAsync(cancellationToken);
            await ReadRunningAsync(rows, cancellationToken);
            await rows.NextAsync(cancellationToken);
            tenants = await rows.ListAsync(Passed, cancellationToken);
            if (!hadBacklog)
            {
                await rows.NextAsync(cancellationToken);
                var there = await rows.ReadAsync(cancellationToken) ? rows.Int(0) : 0;
                await rows.NextAsync(cancellationToken);
                due = await rows.ListAsync(DueRow.Read, cancellationToken);
                contended = due.Count < there;
            }
        }

        var startedAtTheFirst = turns.Due.After.Length == 0;
        var dueFirst = turns.DueFirst;
        if (!dueFirst)
        {
            await TakeQueuedAsync(tenants, cancellationToken);
        }

        var backlog = hadBacklog || due.Count >= page;
        Settle(due);
        if ((backlog || passedOver > 0) && Room > 0 && writes.Changed < maxChanged)
        {
            await GoRoundAsync(cancellationToken);
        }

        // When a backlog took several looks to go round, once more by due time: the tenants that were passed first may have work again.
        turns.HasBacklog = more || (backlog && Room <= 0);
        more |= hadBacklog && !turns.HasBacklog && !startedAtTheFirst;
        if (dueFirst)
        {
            await TakeQueuedAsync(tenants, cancellationToken);
        }

        turns.DueFirst = Room <= 0 && writes.Opened.Count == 0;
        await writes.WriteAsync(session, bucket, queued, cancellationToken);
        return new BucketOutcome([.. queued, .. writes.Opened], writes.Skipped, writes.Missed, passedOver, writes.Unplannable, writes.Changed, more || Room <= 0 || writes.Changed >= maxChanged, contended);
    }

    private void Ask(int page)
    {
        session.Begin().Sql("claim_bucket").Set("bucket", bucket);
        session.Sql("claim_running").Set("bucket", bucket);
        AskTenants("claim_queued_tenants", turns.Queued);
        if (!hadBacklog)
        {
            session.Sql("claim_due_count").Set("bucket", bucket).Set("now", request.Now).Set("limit", (long)page);
            session.Sql("claim_due_select").Set("bucket", bucket).Set("now", request.Now).Set("limit", (long)page);
        }
    }

    private async ValueTask TakeQueuedAsync(List<(string, bool)> tenants, CancellationToken cancellationToken)
    {
        var round = turns.Queued.Share(tenants, running, Room);
        passedOver += round.Full;
        more |= round.LeavesSomeOut;
        if (round.Tenants.Count == 0)
        {
            return;
        }

        session.Sql("claim_queued_select").SetRound(round, bucket, request.Now, running);
        await using var rows = await session.OpenAsync(cancellationToken);
        var found = await rows.ListAsync(QueuedRun.Read, cancellationToken);
        passedOver += round.Empty(found.Select(r => r.Scope.Tenant));
        more |= round.MayHaveMore(found.Select(r => r.Scope.Tenant));
        foreach (var run in found)
        {
            if (running.IsFull(run.Scope))
            {
                passedOver++;
            }
            else if (Room <= 0)
            {
                more = true;
            }
            else
            {
                running.Add(run.Scope);
                queued.Add(run with { Lease = run.Lease with { Token = request.LeaseToken }, Attempt = run.Attempt + 1 });
            }
        }
    }

    private async ValueTask GoRoundAsync(CancellationToken cancellationToken)
    {
        AskTenants("claim_due_tenants", turns.Due);
        List<(string, bool)> tenants;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            tenants = await rows.ListAsync(Passed, cancellationToken);
        }

        var round = turns.Due.Share(tenants, running, Math.Min(Room, maxChanged - writes.Changed));
        var left = round.Full;
        more |= round.LeavesSomeOut;
        if (round.Tenants.Count > 0)
        {
            session.Sql("claim_due_fair").SetRound(round, bucket, request.Now, running);
            await using var rows = await session.OpenAsync(cancellationToken);
            var found = await rows.ListAsync(DueRow.Read, cancellationToken);
            left += round.Empty(found.Select(r => r.Scope.Tenant));
            more |= round.MayHaveMore(found.Select(r => r.Scope.Tenant));
            Settle(found.FindAll(r => !writes.Covers(r.Id)));
        }

        // What the page before saw and left is counted already.
        passedOver = Math.Max(passedOver, left);
    }

    private void AskTenants(string statement, TenantTurns of) =>
        session.Sql(statement).Set("bucket", bucket).Set("now", request.Now).Set("after", of.After).Set("limit", TenantTurns.Stretch);

    private static (string, bool) Passed(Rows rows) => (rows.Text(0), rows.Bool(1));

    private async ValueTask ReadRunningAsync(Rows rows, CancellationToken cancellationToken)
    {
        while (await rows.ReadAsync(cancellationToken))
        {
            running.Add(new InstallScope(TenantId.Parse(rows.Text(1)), new InstallId(rows.Id(0))), rows.Int(2));
        }
    }

    private void Settle(List<DueRow> rows)
    {
        foreach (var row in rows)
        {
            if (Room <= 0 || writes.Changed >= maxChanged)
            {
                more = true;
                return;
            }

            Settle(row);
        }
    }

    private void Settle(DueRow row)
    {
        var full = running.IsFull(row.Scope);
        if (full && row.ActiveRun is null)
        {
            passedOver++;
            return;
        }

        var plan = request.Plan(new DueSchedule(row.Id, row.DueAt, row.Cron, row.TimeZone, row.ActiveRun));
        if (full && plan.Fire is not null)
        {
            passedOver++;
            return;
        }

        if (writes.Add(row, plan))
        {
            running.Add(row.Scope);
        }
    }
}

/// <summary>What a claim in one bucket came to.</summary>
internal sealed record BucketOutcome(
    IReadOnlyList<ClaimedRun> Runs, int Skipped, int Missed, int PassedOver, int Unplannable, int Changed, bool More, bool Contended);
