using Escapement.Extensions;
using Escapement.Faults.Tests.Cluster;
using Escapement.Faults.Tests.Faults;
using Escapement.Nodes;
using Escapement.PostgreSql;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Faults.Tests.Checking;

/// <summary>
/// Of occurrences that were late, missed, repeated, skipped or given up, why agrees with its row, and names what struck it as far as the host can know: the
/// outage in which all nodes were away, the node that was lost.
/// </summary>
internal static class WhyCheck
{
    // Of each kind a few: they are asked about while the cluster's clock goes on. At the end, when no node fires, more.
    private const int AfterRound = 2;
    private const int AtTheEnd = 6;
    private const int AtOnce = 4;

    private static string Struck(int each, DateTimeOffset since) =>
        $"""
        SELECT tenant, install_id, schedule_id, due_at, state, reason, earlier_attempts, late, created_at, started_at, node
        FROM (
          SELECT *, row_number() OVER (PARTITION BY state, earlier_attempts IS NOT NULL, late ORDER BY due_at DESC) AS place
          FROM (
            SELECT *, created_at - due_at > interval '61 seconds' AS late
            FROM all_runs
            WHERE trigger_kind = 0 AND state > 1 AND created_at >= '{since:O}') AS ended
          WHERE state > 3 OR earlier_attempts IS NOT NULL OR late) AS struck
        WHERE place <= {each}
        """;

    /// <summary>Asks, and holds the answers against the rows and against what was done.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="since">From when on of the cluster's clock rows were made that are asked about; null at the end, for all.</param>
    /// <param name="troubles">What was done to the nodes and to the database.</param>
    /// <param name="verdict">Gets what is wrong.</param>
    public static async Task RunAsync(TestCluster cluster, DateTimeOffset? since, IReadOnlyList<Trouble> troubles, Verdict verdict)
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = cluster.Postgres.ConnectionString(cluster.Postgres.Port) };
        await using var store = await PostgreSqlStore.OpenAsync(options, TimeProvider.System);
        var silence = new NodeSilence(TestCluster.Silence * cluster.Lapse.Factor);

        // Beside the silence what a database takes to stop, and nodes to find it again.
        var surelyAnOutage = silence.Limit * 2;
        var outages = await cluster.Postgres.ReadAsync(
            "SELECT DISTINCT from_at, to_at FROM outages", r => (From: r.GetFieldValue<DateTimeOffset>(0), To: r.GetFieldValue<DateTimeOffset>(1)));
        foreach (var down in troubles.Where(t => t.Kind is nameof(FaultKind.DatabaseRestart) or nameof(FaultKind.DatabaseCrash)))
        {
            var (from, to) = (cluster.Lapse.At(down.From), cluster.Lapse.At(down.To));
            if (to - from > surelyAnOutage && !outages.Exists(o => o.From < to && o.To > from))
            {
                verdict.Fail($"no outage is kept of {from:O} to {to:O}, when the database was down ({down.Kind})");
            }
        }

        var finder = new WhyFinder(
            store.Whys,
            store.Pauses,
            store.Nodes,
            silence,
            new VersionCatalog(store.Versions),
            new ScheduleLimits(),
            new RetentionOptions(),
            new StandingClock(cluster.ShownNow));
        var rows = await cluster.Postgres.ReadAsync(Struck(since is null ? AtTheEnd : AfterRound, since ?? DateTimeOffset.UnixEpoch), r => new Row
        {
            Scope = new InstallScope(TenantId.Parse(r.GetString(0)), new InstallId(r.GetGuid(1))),
            Schedule = new ScheduleId(r.GetGuid(2)),
            DueAt = r.GetFieldValue<DateTimeOffset>(3),
            State = (RunState)r.GetInt32(4),
            Reason = (RunReason)r.GetInt32(5),
            Earlier = r.IsDBNull(6) ? [] : EarlierAttempts.Read(r.GetString(6)),
            IsLate = r.GetBoolean(7),
            CreatedAt = r.GetFieldValue<DateTimeOffset>(8),
            StartedAt = r.IsDBNull(9) ? null : r.GetFieldValue<DateTimeOffset>(9),
            Node = r.IsDBNull(10) ? null : r.GetString(10),
        });
        var answers = new WhyAnswer?[rows.Count];
        await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, ct) =>
            answers[i] = await finder.FindAsync(rows[i].Scope, rows[i].Schedule, rows[i].DueAt, ct));
        verdict.Explained += rows.Count;
        verdict.Outages = outages.Count;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            Check(row, answers[i], outages.Exists(o => row.FirstAt - o.From > silence.Limit && o.To > row.DueAt), verdict);
        }
    }

    /// <summary>Holds one answer against its row.</summary>
    internal static void Check(Row row, WhyAnswer? why, bool inOutage, Verdict verdict)
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
        if (row.Earlier.Count > 0 && !codes.Contains("attempt"))
        {
            Fail("does not name an attempt before");
        }

        // Of many attempts the last two are told.
        var lost = row.Earlier.TakeLast(2).Where(a => IsOfNode(a.Reason)).Select(a => a.Node)
            .Append(row.State == RunState.Abandoned && IsOfNode(row.Reason) ? row.Node : null);
        foreach (var node in lost.OfType<string>().Distinct())
        {
            if (!why.Causes.Any(c => c.Code == "node" && c.Parameters["node"] == node) || !why.Sentence.Contains($"node {node} ", StringComparison.Ordinal))
            {
                Fail($"does not name node {node}, which was lost or stopped");
            }
        }

        if (inOutage && (row.State == RunState.Missed || codes.Contains("late")) && !codes.Contains("outage"))
        {
            Fail("does not name the outage");
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

    private static bool IsOfNode(RunReason reason) => reason is RunReason.NodeLost or RunReason.NodeStopped;

    /// <summary>An occurrence that was not as usual.</summary>
    internal sealed record Row
    {
        public required InstallScope Scope { get; init; }

        public required ScheduleId Schedule { get; init; }

        public required DateTimeOffset DueAt { get; init; }

        public required RunState State { get; init; }

        public RunReason Reason { get; init; }

        public IReadOnlyList<EndedAttempt> Earlier { get; init; } = [];

        public bool IsLate { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? StartedAt { get; init; }

        public string? Node { get; init; }

        /// <summary>When it was written that it did not start, or when it first did.</summary>
        public DateTimeOffset FirstAt => (Earlier.Count > 0 ? Earlier[0].StartedAt : StartedAt) ?? CreatedAt;
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
