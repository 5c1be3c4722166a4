using Escapement.Extensions;
using Escapement.Faults.Tests.Cluster;
using Escapement.PostgreSql;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Faults.Tests.Checking;

/// <summary>
/// Of every occurrence that was late, missed, repeated, skipped or given up, why agrees with its row, and names what struck it as far as the host can know.
/// </summary>
internal static class WhyCheck
{
    // After a round the latest few, because the cluster's clock goes on while they are asked about; at the end, when no node fires, many.
    private const int AfterRound = 40;
    private const int AtTheEnd = 300;

    private static string Struck(int most) =>
        $"""
        SELECT tenant, install_id, schedule_id, due_at, state, reason, earlier_attempts IS NOT NULL, created_at - due_at > interval '61 seconds'
        FROM all_runs
        WHERE trigger_kind = 0 AND state > 1 AND (state > 3 OR earlier_attempts IS NOT NULL OR created_at - due_at > interval '61 seconds')
        ORDER BY due_at DESC
        LIMIT {most}
        """;

    public static async Task RunAsync(TestCluster cluster, bool isOver, Verdict verdict)
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = cluster.Postgres.ConnectionString(cluster.Postgres.Port) };
        await using var store = await PostgreSqlStore.OpenAsync(options, TimeProvider.System);
        var finder = new WhyFinder(
            store.Whys,
            store.Pauses,
            store.Nodes,
            new VersionCatalog(store.Versions),
            new ScheduleLimits(),
            new RetentionOptions(),
            new StandingClock(cluster.ShownNow));
        var rows = await cluster.Postgres.ReadAsync(Struck(isOver ? AtTheEnd : AfterRound), r => new Row(
            new InstallScope(TenantId.Parse(r.GetString(0)), new InstallId(r.GetGuid(1))),
            new ScheduleId(r.GetGuid(2)),
            r.GetFieldValue<DateTimeOffset>(3),
            (RunState)r.GetInt32(4),
            (RunReason)r.GetInt32(5),
            r.GetBoolean(6),
            r.GetBoolean(7)));
        foreach (var row in rows)
        {
            verdict.Explained++;
            Check(row, await finder.FindAsync(row.Scope, row.Schedule, row.DueAt), verdict);
        }
    }

    private static void Check(Row row, WhyAnswer? why, Verdict verdict)
    {
        var expected = row.State switch
        {
            RunState.Succeeded => WhyVerdict.Succeeded,
            RunState.Failed => WhyVerdict.Failed,
            RunState.Skipped => WhyVerdict.Skipped,
            RunState.Missed => WhyVerdict.Missed,
            _ => WhyVerdict.Abandoned,
        };
        void Fail(string what) => verdict.Fail($"why of {row.DueAt:O} of {row.Schedule}, {row.State} {row.Reason}, {what}: {why?.Sentence}");
        if (why?.Verdict != expected)
        {
            Fail($"says {why?.Verdict}");
            return;
        }

        var codes = why.Causes.Select(c => c.Code).ToHashSet();
        var lost = why.Causes.Where(c => c.Code == "attempt").Select(c => c.Parameters["reason"]).Intersect(["node-lost", "node-stopped"]).Any();
        if (row.WasTriedBefore && !codes.Contains("attempt"))
        {
            Fail("does not name an attempt before");
        }

        if (lost && !codes.Contains("node"))
        {
            Fail("does not name the node that was lost or stopped");
        }

        if (row is { IsLate: true, State: RunState.Succeeded or RunState.Failed } && !codes.Contains("late"))
        {
            Fail("does not say that it was late");
        }

        if (row.State == RunState.Missed && !codes.Contains(RunExplanation.Word(row.Reason)!))
        {
            Fail("does not say why it was missed");
        }
    }

    private sealed record Row(
        InstallScope Scope, ScheduleId Schedule, DateTimeOffset DueAt, RunState State, RunReason Reason, bool WasTriedBefore, bool IsLate);

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
