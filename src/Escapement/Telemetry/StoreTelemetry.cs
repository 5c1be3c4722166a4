using System.Diagnostics.Metrics;

namespace Escapement.Telemetry;

/// <summary>What a store and those who call it tell.</summary>
internal sealed class StoreTelemetry
{
    private readonly Counter<long> errors;
    private volatile Func<TimeSpan>? clockOffset;

    internal StoreTelemetry(Meter meter)
    {
        errors = meter.CreateCounter<long>("escapement.store.errors", "{error}", "Calls that failed because the store was away, by who called");
        meter.CreateObservableGauge("escapement.clock.offset", Offset, "s", "How far this node's clock is ahead of the database's");
    }

    /// <summary>A call failed because the store is away.</summary>
    /// <param name="stage">Who called, in a word of which there are few: <c>claim</c>, <c>record</c>, <c>http</c>.</param>
    public void Failed(string stage) => errors.Add(1, new KeyValuePair<string, object?>(TelemetryTags.Stage, stage));

    /// <summary>For a store that has a clock of its own, by which all nodes go.</summary>
    /// <param name="offset">How far this node's clock is ahead of it now; asked from any thread.</param>
    public void ObserveClock(Func<TimeSpan> offset) => clockOffset = offset;

    private Measurement<double>[] Offset() => clockOffset is { } offset ? [new(offset().TotalSeconds)] : [];
}
