using System.Globalization;
using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Microsoft.Extensions.Hosting;

namespace Escapement.Bench;

/// <summary>Counts what a node has recorded, and tells it on the node's output.</summary>
internal sealed class Recorder(TimeProvider time) : IFiringObserver
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private long count;
    private DateTimeOffset latest;

    /// <summary>Tells how many outcomes are recorded and when the latest was, whenever that is another, until the node's input ends.</summary>
    public async Task TellAsync(BackgroundService engine)
    {
        var ended = Task.Run(Console.In.ReadToEnd);
        long told = 0;
        while (!ended.IsCompleted)
        {
            await Task.WhenAny(ended, Task.Delay(Pace));
            if (engine.ExecuteTask is { IsFaulted: true } failed)
            {
                await failed;
            }

            var (now, at) = Read();
            if (now != told)
            {
                told = now;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now} {at.UtcTicks}"));
            }
        }
    }

    public void Claimed(ClaimedBatch batch)
    {
    }

    public void Sleeping(DateTimeOffset until)
    {
    }

    public void Recorded(AttemptOutcome outcome)
    {
        lock (gate)
        {
            count++;
            latest = time.GetUtcNow();
        }
    }

    private (long Count, DateTimeOffset Latest) Read()
    {
        lock (gate)
        {
            return (count, latest);
        }
    }
}
