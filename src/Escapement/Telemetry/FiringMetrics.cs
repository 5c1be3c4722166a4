using System.Diagnostics.Metrics;
using Escapement.Runs;

namespace Escapement.Telemetry;

/// <summary>The metrics of the firing path. Labels are outcomes and reasons, of which there are few; never whose run it was.</summary>
internal sealed class FiringMetrics
{
    private readonly Histogram<double> lateness;
    private readonly Histogram<double> runDuration;
    private readonly Counter<long> runs;
    private readonly Counter<long> missed;
    private readonly Counter<long> skipped;
    private readonly Histogram<double> claimDuration;
    private readonly Histogram<int> claimBatch;
    private readonly Counter<long> leasesLost;
    private volatile Func<(int Used, int Limit)>? slots;

    public FiringMetrics(Meter meter)
    {
        lateness = Durations.CreateLong(meter, "escapement.fire.lateness", "From when an occurrence was to start to the start of its first attempt");
        runDuration = Durations.CreateLong(meter, "escapement.run.duration", "How long an attempt ran in the sandbox");
        runs = meter.CreateCounter<long>("escapement.runs", "{attempt}", "Attempts that ended, by outcome and reason");
        missed = meter.CreateCounter<long>("escapement.occurrences.missed", "{occurrence}", "Occurrences that did not start in time");
        skipped = meter.CreateCounter<long>(
            "escapement.occurrences.skipped", "{occurrence}", "Occurrences that did not start because the run before was still going");
        claimDuration = Durations.CreateShort(meter, "escapement.claim.duration", "How long a claim took");
        claimBatch = meter.CreateHistogram<int>("escapement.claim.batch", "{run}", "Runs that a claim brought", tags: null, new InstrumentAdvice<int>
        {
            HistogramBucketBoundaries = [0, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000],
        });
        leasesLost = meter.CreateCounter<long>("escapement.lease.lost", "{lease}", "Leases that this node lost while it had the run");
        meter.CreateObservableUpDownCounter("escapement.slots.used", () => Measure(s => s.Used), "{slot}", "Runs that this node is carrying out");
        meter.CreateObservableUpDownCounter("escapement.slots.limit", () => Measure(s => s.Limit), "{slot}", "Runs that this node can carry out at once");
    }

    /// <summary>How long guests ran lately.</summary>
    public RunPace Pace { get; } = new();

    /// <summary>Whether anybody wants to know of attempts; what is not wanted need not be worked out.</summary>
    public bool WantsAttempts => lateness.Enabled || runDuration.Enabled;

    /// <summary>A claim succeeded.</summary>
    public void Claimed(TimeSpan took, int runCount, int missedCount, int skippedCount, int unplannable)
    {
        claimDuration.Record(took.TotalSeconds);
        claimBatch.Record(runCount);
        Add(missed, missedCount);
        Add(skipped, skippedCount);
        Ended(RunState.Abandoned, RunReason.ScheduleUnplannable, unplannable);
    }

    /// <summary>A guest ran.</summary>
    /// <param name="late">How late it started; null for what has no due time to be late for: a run-now, a further attempt.</param>
    /// <param name="took">How long it ran.</param>
    /// <param name="outcome">What it came to.</param>
    public void Attempted(TimeSpan? late, TimeSpan took, RunState outcome)
    {
        if (late is { } by)
        {
            lateness.Record(Math.Max(0, by.TotalSeconds));
        }

        runDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>(TelemetryTags.Outcome, Word(outcome)));
    }

    /// <summary>Attempts ended, and that is written down.</summary>
    public void Ended(RunState outcome, RunReason reason, int count = 1)
    {
        if (count > 0 && runs.Enabled)
        {
            runs.Add(count, new(TelemetryTags.Outcome, Word(outcome)), new(TelemetryTags.Reason, RunExplanation.Word(reason) ?? "none"));
        }
    }

    public void LeaseLost() => leasesLost.Add(1);

    /// <summary>From now on these are the node's slots.</summary>
    public void ObserveSlots(Func<(int Used, int Limit)> now) => slots = now;

    /// <summary>An outcome as the HTTP API spells it.</summary>
    public static string Word(RunState outcome) => outcome switch
    {
        RunState.Queued => "queued",
        RunState.Succeeded => "succeeded",
        RunState.Failed => "failed",
        RunState.Abandoned => "abandoned",
        _ => "unknown",
    };

    private static void Add(Counter<long> counter, int count)
    {
        if (count > 0)
        {
            counter.Add(count);
        }
    }

    private Measurement<int>[] Measure(Func<(int Used, int Limit), int> which) => slots is { } now ? [new(which(now()))] : [];
}
