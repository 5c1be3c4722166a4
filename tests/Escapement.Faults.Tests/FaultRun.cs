using System.Diagnostics;
using System.Globalization;
using Escapement.Faults.Tests.Checking;
using Escapement.Faults.Tests.Cluster;
using Escapement.Faults.Tests.Faults;
using Escapement.Faults.Tests.Load;

namespace Escapement.Faults.Tests;

/// <summary>
/// Three nodes on one PostgreSQL under load, and rounds of faults, two at a time. After each round what was due by then must settle,
/// and everything so far is held against what the clients were told.
/// </summary>
internal sealed class FaultRun(TestCluster cluster, FaultSettings settings, Action<string> say) : IAsyncDisposable
{
    private const int Tenants = 10;
    private const int Schedules = 160;

    private static readonly TimeSpan SettleWait = TimeSpan.FromSeconds(60);

    private readonly FaultLog log = new();
    private readonly Random random = new(settings.Seed);
    private readonly Queue<FaultKind> waiting = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private DatabaseWatch? database;
    private MachineWatch? machine;
    private Clients? clients;
    private Injector? injector;
    private int rounds;

    public async Task<Verdict> RunAsync()
    {
        var installs = await LoadedInstalls.MakeAsync(cluster, Tenants);
        clients = new Clients(cluster, installs, settings.Seed, Schedules);
        database = new DatabaseWatch(cluster, log);
        machine = new MachineWatch(log);
        injector = new Injector(cluster, log);
        await clients.FillAsync(random);
        clients.Begin();
        say($"what the nodes log and call is kept in {cluster.Folder} if this fails");
        say(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {settings.Seed}: {TestCluster.Size} nodes, {Tenants} tenants, {Schedules} schedules, leases of {cluster.Lease.TotalSeconds} s, "
            + $"clock {cluster.Lapse.Factor} times as fast; ready after {watch.Elapsed.TotalSeconds:0} s"));

        var kinds = Enum.GetValues<FaultKind>().Length;
        while (settings.Minutes > 0 ? watch.Elapsed.TotalMinutes < settings.Minutes : log.Injected.Count < kinds || rounds * 2 < kinds)
        {
            await RoundAsync();
        }

        return await FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (clients is not null)
        {
            await clients.EndAsync();
        }

        machine?.Dispose();
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    private async Task RoundAsync()
    {
        var (started, since) = (watch.Elapsed, cluster.ShownNow);
        await Task.Delay(random.Next(500, 2_000));
        var (first, second) = (NextKind(), NextKind());
        var (one, other) = (new Random(random.Next()), new Random(random.Next()));
        var between = random.Next(1_500);
        await Task.WhenAll(
            injector!.InjectAsync(first, one),
            Task.Run(async () =>
            {
                await Task.Delay(between);
                await injector.InjectAsync(second, other);
            }));
        await clients!.EndAsync();
        var settledAt = await SettleAsync();
        var verdict = await JudgeAsync(settledAt, since);
        rounds++;
        say(string.Create(
            CultureInfo.InvariantCulture,
            $"round {rounds}: {first} and {second}; {verdict.Checked} occurrences checked, {verdict.Losses} losses, "
            + $"{verdict.Duplicates} duplicates, {verdict.Repeats} repeats ({(watch.Elapsed - started).TotalSeconds:0.0} s)"));
        verdict.Demand($"after round {rounds}, {first} and {second}, seed {settings.Seed}");
        await clients.TidyAsync(random);
        clients.Begin();
    }

    // Every kind comes round before any comes again.
    private FaultKind NextKind()
    {
        if (waiting.Count == 0)
        {
            var kinds = Enum.GetValues<FaultKind>();
            random.Shuffle(kinds);
            Array.ForEach(kinds, waiting.Enqueue);
        }

        return waiting.Dequeue();
    }

    /// <summary>Waits until all that is due now was claimed and has ended; answers that instant of the cluster's clock.</summary>
    private async Task<DateTimeOffset> SettleAsync()
    {
        var until = cluster.ShownNow;
        var started = watch.Elapsed;
        while (true)
        {
            var left = await cluster.Postgres.ReadAsync(
                $"""
                SELECT 'schedule ' || id || ' due ' || next_due_at FROM schedules WHERE next_due_at <= '{until:O}'
                UNION ALL
                SELECT 'run ' || id || ' due ' || due_at || ' queued, available ' || available_at FROM queued_runs WHERE due_at <= '{until:O}'
                UNION ALL
                SELECT 'run ' || id || ' due ' || due_at || ' running, lease until ' || lease_until FROM running_runs WHERE due_at <= '{until:O}'
                """,
                r => r.GetString(0));
            if (left.Count == 0)
            {
                return until;
            }

            Assert.True(
                watch.Elapsed - started < SettleWait,
                $"Stuck {SettleWait.TotalSeconds} s after the last fault had gone (seed {settings.Seed}), it is {cluster.ShownNow:O}:\n"
                + $"  {string.Join("\n  ", left.Take(20))}");
            await Task.Delay(100);
        }
    }

    private async Task<Verdict> JudgeAsync(DateTimeOffset settledAt, DateTimeOffset? since)
    {
        var evidence = await Evidence.GatherAsync(cluster);
        var troubles = new Troubles([.. log.Troubles, .. evidence.Stalls], cluster.Lapse);
        var verdict = new Verdict();
        LedgerCheck.Run(clients!.Answers.AllStories(evidence), evidence, troubles, cluster.Lapse, settledAt, verdict);
        CallCheck.Run(evidence, troubles, log.Killed, settledAt, since is null, verdict);
        AuditCheck.Run(clients.Answers, evidence, verdict);
        await WhyCheck.RunAsync(cluster, since, log.Troubles, verdict);
        return verdict;
    }

    private async Task<Verdict> FinishAsync()
    {
        await clients!.EndAsync();
        await Task.Delay(1_000);
        var settledAt = await SettleAsync();
        await Task.WhenAll(Enumerable.Range(0, TestCluster.Size).Select(n => injector!.StopAsync(n)));
        var open = await cluster.Postgres.ReadAsync("SELECT id || ' on ' || node FROM running_runs", r => r.GetString(0));
        var verdict = await JudgeAsync(settledAt, since: null);
        Report(verdict, (await Evidence.GatherAsync(cluster)).Stalls);
        Assert.True(open.Count == 0, $"All nodes stopped in an orderly way, and these runs are still theirs: {string.Join(", ", open)}");
        verdict.Demand($"at the end, seed {settings.Seed}");
        return verdict;
    }

    private void Report(Verdict verdict, IReadOnlyList<Trouble> stalls)
    {
        string List(IEnumerable<KeyValuePair<string, int>> counts) => string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"));
        var injected = log.Injected;
        var own = log.Troubles.Where(t => injected.ContainsKey(t.Kind)).ToList();
        bool Unexplained(Trouble seen) => !own.Any(t =>
            t.From <= seen.To && seen.From <= t.To + Troubles.Aftermath && (t.Node is null || seen.Node is null || t.Node == seen.Node));
        var seen = log.Troubles.Where(t => !injected.ContainsKey(t.Kind) && t.Node is null)
            .Concat(stalls)
            .Where(Unexplained)
            .CountBy(t => t.Kind)
            .OrderBy(c => c.Key, StringComparer.Ordinal);
        say(string.Create(CultureInfo.InvariantCulture, $"seed {settings.Seed}, {watch.Elapsed.TotalMinutes:0.0} minutes, {rounds} rounds"));
        say($"faults injected: {injected.Values.Sum()} ({List(injected)})");
        say($"occurrences checked: {verdict.Checked}");
        say($"how occurrences ended, those included that a change under way only allowed: {List(verdict.Ends)}");
        say($"asked why, of those that were late, missed, repeated, skipped or given up: {verdict.Explained}; outages kept: {verdict.Outages}");
        say($"losses: {verdict.Losses}");
        say($"duplicates: {verdict.Duplicates}");
        say(
            $"repeated after their node died, stalled, was cut off or stopped: {verdict.Repeats}, "
            + $"of these {verdict.Overlapping} while the attempt before still went on; "
            + $"attempts taken before they called anything: {verdict.NeverBegun}");
        say(
            $"answered changes with their audit entries: {verdict.Changes}; changes that got no answer: {clients!.Unanswered}; "
            + $"occurrences that a change took away before their claim: {verdict.Dropped}");
        say($"troubles that nobody injected: {List(seen)}");
    }
}
