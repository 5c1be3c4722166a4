using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Audit;

/// <summary>
/// Writes the audit entries that no transaction of a change carries: reads, and refusals decided before a store was
/// asked. They are written in batches, at most a second after they were recorded, and on shutdown. Refusals that an install earns again
/// and again share an entry.
/// </summary>
public sealed partial class AuditLog : BackgroundService
{
    /// <summary>How long an entry waits at most for others to share its transaction.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(500);

    private const int MaxBatch = 1_000;

    private readonly IAuditStore store;
    private readonly TimeProvider time;
    private readonly ILogger<AuditLog> logger;

    // Bounded: a guest that asks faster than the store writes waits, and the host's memory does not grow.
    private readonly Channel<AuditEntry> entries = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(8 * MaxBatch) { SingleReader = true });

    private readonly RefusalFolds folds = new();
    private readonly TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the log; it writes once it was started.</summary>
    public AuditLog(IAuditStore store, TimeProvider time, ILogger<AuditLog> logger)
    {
        this.store = store;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Takes an entry; waits only while the store is far behind.</summary>
    public ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default) =>
        folds.Take(entry) || entries.Writer.TryWrite(entry) ? ValueTask.CompletedTask : entries.Writer.WriteAsync(entry, cancellationToken);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The reader drains what is there and ends by itself; base.StopAsync would cut it off first.
        entries.Writer.TryComplete();
        closing.TrySetResult();
        if (ExecuteTask is { } draining)
        {
            await draining.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<AuditEntry>(MaxBatch);
        while (await WaitAsync(stoppingToken))
        {
            if (entries.Reader.Count < MaxBatch)
            {
                await Task.WhenAny(Task.Delay(MaxDelay, time, stoppingToken), closing.Task);
            }

            while (batch.Count < MaxBatch && entries.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await WriteAsync(batch, stoppingToken);
            batch.Clear();
            await WriteEndedAsync(stoppingToken);
        }

        await WriteAsync(folds.Close(), stoppingToken);
    }

    // Waits for the next entry, and meanwhile writes the numbers of refusals whose minute is over.
    private async Task<bool> WaitAsync(CancellationToken stoppingToken)
    {
        var reading = entries.Reader.WaitToReadAsync(stoppingToken).AsTask();
        while (!reading.IsCompleted && folds.NextEnd is { } end)
        {
            var wait = end - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await ((Task)reading).WaitAsync(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await WriteEndedAsync(stoppingToken);
        }

        return await reading;
    }

    private Task WriteEndedAsync(CancellationToken stoppingToken) => WriteAsync(folds.TakeEnded(time.GetUtcNow()), stoppingToken);

    private async Task WriteAsync(IReadOnlyList<AuditEntry> batch, CancellationToken stoppingToken)
    {
        while (batch.Count > 0)
        {
            try
            {
                await store.AppendAsync(batch, CancellationToken.None);
                return;
            }
            catch (StoreUnavailableException e)
            {
                StoreIsUnavailable(batch.Count, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
#pragma warning disable CA1031 // one entry that no store takes must not end the log, nor take others with it
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (batch is [var only])
                {
                    Refused(e, only.Id, only.Action, only.Tenant?.Value, only.Actor.Kind, only.Actor.Id, only.Target);
                    return;
                }

                foreach (var entry in batch)
                {
                    await WriteAsync([entry], stoppingToken);
                }

                return;
            }
        }
    }
}
