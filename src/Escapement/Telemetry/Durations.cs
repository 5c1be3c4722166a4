using System.Diagnostics.Metrics;

namespace Escapement.Telemetry;

/// <summary>Histograms of seconds, in buckets that suit what they measure: from 5 ms on, and up to an hour for what can take long.</summary>
internal static class Durations
{
    private static readonly InstrumentAdvice<double> Short = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> Long = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600],
    };

    public static Histogram<double> CreateShort(Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, Short);

    public static Histogram<double> CreateLong(Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, Long);
}
