using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Escapement.Telemetry;

/// <summary>Listens to the spans and measurements of one host, and of none that another test runs beside it.</summary>
internal sealed class Listening : IDisposable
{
    private readonly ActivityListener spans;
    private readonly MeterListener meter = new();

    public Listening(EscapementTelemetry telemetry)
    {
        spans = new ActivityListener
        {
            ShouldListenTo = source => source == telemetry.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(spans);
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == telemetry.Meter)
            {
                Instruments.Enqueue(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meter.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        meter.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<Instrument> Instruments { get; } = new();

    public ConcurrentQueue<Measured> Measurements { get; } = new();

    /// <summary>The spans of a name that would be exported.</summary>
    public IReadOnlyList<Activity> SpansOf(string name) => [.. Spans.Where(s => s.Recorded && s.OperationName == name)];

    /// <summary>Value and labels of each measurement of a name.</summary>
    public IReadOnlyList<Measured> Of(string name) => [.. Measurements.Where(m => m.Name == name)];

    /// <summary>Asks those instruments that are asked for their value.</summary>
    public void Observe() => meter.RecordObservableInstruments();

    public void Dispose()
    {
        spans.Dispose();
        meter.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Measurements.Enqueue(new Measured(instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
}

/// <summary>One measurement; its labels as <c>name=value</c> with spaces between.</summary>
internal sealed record Measured(string Name, double Value, string Labels);
