namespace Escapement.Bench.Sandbox;

/// <summary>Counts latencies to 10 microseconds, up to a second. Takes no memory while it counts, for memory is measured too.</summary>
internal sealed class Latencies
{
    private const int StepMicroseconds = 10;

    private readonly int[] counts = new int[100_001];

    public int Count => counts.Sum();

    public void Add(TimeSpan latency) =>
        Interlocked.Increment(ref counts[Math.Min((int)(latency.TotalMicroseconds / StepMicroseconds), counts.Length - 1)]);

    /// <summary>In milliseconds.</summary>
    public double Quantile(double part)
    {
        var left = (long)(Count * part);
        for (var i = 0; i < counts.Length; i++)
        {
            left -= counts[i];
            if (left < 0)
            {
                return i * StepMicroseconds / 1_000.0;
            }
        }

        return double.PositiveInfinity;
    }
}
