using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Audit;

/// <summary>
/// Writes the audit entries that no transaction of a change carries: reads, and refusals decided before a store was asked. They are written
/// in batches, <see cref="MaxDelay"/> after they were recorded at the latest while the store keeps up, and on shutdown. What an
/// install reads or is refused again and again shares an entry.
/// </summary>
internal sealed partial class AuditLog : BackgroundService
{
    /// <summary>How long an entry waits at most for others to share its transaction.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(500);

    private const int MaxBatch = 1_000;

    private readonly IAuditStore store;
    private readonly TimeProvider time;
    private readonly ILogger<AuditLog> logger;

    // Bounded: a guest that asks faster than the store writes waits, and the host's memory does not grow.
    private readonly Channel<AuditEntry> entries = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(8 * MaxBatch) { SingleReader = true });

    // Those whose part of the store is away, so that those of others do not wait behind them.
    private readonly Channel<AuditEntry> apart = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(8 * MaxBatch) { SingleReader = true });

    private readonly AuditFolds folds = new();
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
        var away = WriteApartAsync(stoppingToken);
        try
        {
            await WriteAllAsync(stoppingToken);
        }
        finally
        {
            apart.Writer.TryComplete();
        }

        await away;
    }

    private async Task WriteAllAsync(CancellationToken stoppingToken)
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

            await WriteOrSetApartAsync(batch, stoppingToken);
            batch.Clear();
            await WriteEndedAsync(stoppingToken);
        }

        await WriteOrSetApartAsync(folds.Close(), stoppingToken);
    }

    private async Task WriteOrSetApartAsync(IReadOnlyList<AuditEntry> batch, CancellationToken stoppingToken)
    {
        foreach (var entry in await WriteAsync(batch, stoppingToken))
        {
            await apart.Writer.WriteAsync(entry, stoppingToken);
        }
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

    private Task WriteEndedAsync(CancellationToken stoppingToken) => WriteOrSetApartAsync(folds.TakeEnded(time.GetUtcNow()), stoppingToken);

    private async Task WriteApartAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<AuditEntry> rest = [];
        while (rest.Count > 0 || await apart.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = rest.ToList();
            while (batch.Count < MaxBatch && apart.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            rest = await WriteAsync(batch, stoppingToken);
            if (rest.Count > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    // Answers those that wait for their part of the store.
    private async Task<IReadOnlyList<AuditEntry>> WriteAsync(IReadOnlyList<AuditEntry> batch, CancellationToken stoppingToken)
    {
        while (batch.Count > 0)
        {
            try
            {
                var answers = await PartByPart.RunAsync(store, batch, e => e.Tenant, AppendAsync);
                if (answers.Problem is { } problem)
                {
                    StoreIsUnavailable(answers.Away.Count, problem.Message);
                }

                return answers.Away;
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
                    return [];
                }

                var away = new List<AuditEntry>();
                foreach (var entry in batch)
                {
                    away.AddRange(await WriteAsync([entry], stoppingToken));
                }

                return away;
            }
        }

        return [];
    }

    private async ValueTask<bool> AppendAsync(IReadOnlyList<AuditEntry> part)
    {
        await store.AppendAsync(part, CancellationToken.None);
        return true;
    }
}
