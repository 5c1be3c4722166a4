using Escapement.Installs;

namespace Escapement.Bench.Scenarios;

/// <summary>How long a drain took, how late each run started, and the processor time for each, of all nodes and of a database outside them.</summary>
internal sealed record Drained(double Seconds, double[] LateMs, double NodeMicroseconds, double DatabaseMicroseconds)
{
    /// <summary>Starts nodes and lets them fire some first, so that no figure measures the just-in-time compiler.</summary>
    public static async Task<WarmNodes> WarmAsync(Place place, IReadOnlyList<InstalledExtension> installs, int count)
    {
        var nodes = new List<NodeProcess>();
        for (var i = 0; i < count; i++)
        {
            nodes.Add(await NodeProcess.StartAsync(place, $"bench-{i}", slots: 4_000));
        }

        var warm = new WarmNodes(place, installs, nodes);
        for (var i = 0; i < 20; i++)
        {
            await warm.WarmAsync(2_000 * count);
        }

        return warm;
    }
}

/// <summary>Nodes over one place that have fired before.</summary>
internal sealed class WarmNodes(Place place, IReadOnlyList<InstalledExtension> installs, IReadOnlyList<NodeProcess> nodes) : IAsyncDisposable
{
    private long before;

    /// <summary>Fires so many that are due already.</summary>
    public async Task WarmAsync(int count)
    {
        await place.LoadAsync(installs, count, Place.Time.GetUtcNow().AddSeconds(-1), TimeSpan.Zero);
        await NodeProcess.RecordedAsync(nodes, before += count);
    }

    /// <summary>Stores schedules that all come due at one instant ahead, and waits until every run is recorded.</summary>
    public async Task<Drained> RunAsync(int count, TimeSpan ahead)
    {
        var due = DateTimeOffset.FromUnixTimeMilliseconds((Place.Time.GetUtcNow() + ahead).ToUnixTimeMilliseconds());
        await place.LoadAsync(installs, count, due, TimeSpan.Zero);
        await place.SettleAsync();
        if (Place.Time.GetUtcNow() > due)
        {
            throw new InvalidOperationException($"Storing {count} schedules took longer than {ahead.TotalSeconds} s");
        }

        await Task.Delay(due - Place.Time.GetUtcNow());
        var (nodeTime, databaseTime) = (ProcessorTime(), await place.DatabaseProcessorTimeAsync());
        var last = await NodeProcess.RecordedAsync(nodes, before + count);
        (nodeTime, databaseTime) = (ProcessorTime() - nodeTime, await place.DatabaseProcessorTimeAsync() - databaseTime);
        before += count;
        var late = await place.LatenessAsync(due);
        return late.Length == count && nodes.Sum(n => n.Recorded.Count) == before
            ? new Drained((last - due).TotalSeconds, late, nodeTime.TotalMicroseconds / count, databaseTime.TotalMicroseconds / count)
            : throw new InvalidOperationException($"{late.Length} of {count} runs are in the ledger as they should be");
    }

    /// <summary>Waits until so many more are recorded; how late those due from an instant on were.</summary>
    public async Task<double[]> LateAsync(DateTimeOffset from, int count)
    {
        await NodeProcess.RecordedAsync(nodes, before + count);
        before += count;
        return await place.LatenessAsync(from);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private TimeSpan ProcessorTime() => TimeSpan.FromTicks(nodes.Sum(n => n.ProcessorTime.Ticks));
}
