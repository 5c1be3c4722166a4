using System.Diagnostics;
using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Storage;

namespace Escapement.Bench.Scenarios;

/// <summary>
/// A tenant with 100,000 schedules, a thousand of which come due in each tenth of a second, is paused in the middle of it while claims go on without
/// a rest, and resumed when all that came due is put aside.
/// </summary>
internal static class PausedTenant
{
    private const int Count = 100_000;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        await using var store = await place.OpenAsync();
        var installs = await store.InstallForAsync(1);
        var first = Place.Time.GetUtcNow().AddSeconds(8);
        await place.LoadAsync(installs, Count, first, TimeSpan.FromMicroseconds(100));
        await place.SettleAsync();
        await Task.Delay(first.AddSeconds(3) - Place.Time.GetUtcNow());

        var claims = new Claims(store);
        var claiming = claims.RunAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var tenant = new PauseTarget(installs[0].Install.Scope.Tenant, null);
        var clock = Stopwatch.StartNew();
        Done(await store.Pauses.PauseAsync(new OuterPause(tenant, NewPause()), Entry("tenant.pause")));
        var paused = clock.Elapsed;
        claims.Paused();
        await Task.Delay(first.AddSeconds(11) - Place.Time.GetUtcNow());
        await claims.UntilIdleAsync();
        var (opened, longestPaused) = (claims.OpenedWhilePaused, claims.Longest);

        clock.Restart();
        Done(await store.Pauses.ResumeAsync(tenant, new PauseEnding(Place.Time.GetUtcNow(), null, ByOperator: true), Entry("tenant.resume")));
        var resumed = clock.Elapsed;
        claims.Resumed();
        while ((await store.Pauses.ListAsync(tenant.Tenant)).Count > 0)
        {
            await Task.Delay(10);
        }

        var letGo = clock.Elapsed;
        claims.Stop();
        await claiming;
        return
        [
            new Figure("pause: a tenant with 100,000 schedules, ms until the answer", paused.TotalMilliseconds, 1_000),
            new Figure("pause: runs opened by claims that began after the answer", opened, 0),
            new Figure("pause: the longest claim that put schedules aside, ms", longestPaused.TotalMilliseconds),
            new Figure("resume: ms until the answer", resumed.TotalMilliseconds, 1_000),
            new Figure("resume: seconds until all is let go", letGo.TotalSeconds),
            new Figure("resume: the longest claim meanwhile, ms", claims.Longest.TotalMilliseconds),
        ];
    }

    private static void Done(PauseOutcome outcome)
    {
        if (outcome is not PauseOutcome.Done)
        {
            throw new InvalidOperationException(outcome.Refusal);
        }
    }

    private static Pause NewPause() => new()
    {
        Id = Ids.Next(Place.Time),
        Layer = PauseLayer.Tenant,
        Since = Place.Time.GetUtcNow(),
        Cause = PauseCause.Asked,
        Note = "database move",
        By = "bench",
    };

    private static AuditEntry Entry(string action) => new()
    {
        Id = Ids.Next(Place.Time),
        At = Place.Time.GetUtcNow(),
        Actor = new Actor(ActorKind.Admin, "bench"),
        Action = action,
        Outcome = AuditOutcome.Done,
    };

    // Claims all the time, and ends what it claimed at once.
    private sealed class Claims(IStore store)
    {
        private const int Batch = 500;

        private readonly OccurrencePlanner planner = new(TimeSpan.FromHours(24));
        private readonly CancellationTokenSource stop = new();
        private volatile bool paused;
        private volatile int idle;

        public int OpenedWhilePaused { get; private set; }

        public TimeSpan Longest { get; private set; }

        public void Paused() => (paused, Longest) = (true, TimeSpan.Zero);

        public void Resumed() => (paused, Longest) = (false, TimeSpan.Zero);

        public void Stop() => stop.Cancel();

        public async Task UntilIdleAsync()
        {
            for (var before = idle; idle < before + 5;)
            {
                await Task.Delay(10);
            }
        }

        public async Task RunAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                var (beganPaused, now, clock) = (paused, Place.Time.GetUtcNow(), Stopwatch.StartNew());
                var batch = await store.Claims.ClaimAsync(new ClaimRequest
                {
                    Now = now,
                    MaxRuns = Batch,
                    MaxChanged = 2_000,
                    Node = "bench",
                    LeaseToken = Ids.Next(Place.Time),
                    LeaseUntil = now.AddSeconds(30),
                    MaxRunningPerInstall = 10_000,
                    MaxRunningPerTenant = 10_000,
                    Plan = due => planner.Plan(due, now),
                });
                Longest = clock.Elapsed > Longest ? clock.Elapsed : Longest;
                OpenedWhilePaused += beganPaused ? batch.Runs.Count : 0;
                if (batch.Runs.Count > 0)
                {
                    await store.Claims.RecordAsync([.. batch.Runs.Select(run => Ended(run, now))]);
                }
                else if (!batch.More)
                {
                    idle++;
                    await Task.Delay(5);
                }
            }
        }

        private static AttemptOutcome Ended(ClaimedRun run, DateTimeOffset at) => new()
        {
            Lease = run.Lease,
            Attempt = run.Attempt,
            State = RunState.Succeeded,
            Reason = RunReason.None,
            StartedAt = at,
            FinishedAt = at,
            StatusCode = 200,
        };
    }
}
