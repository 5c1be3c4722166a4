using Escapement.Audit;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Bulk;

/// <summary>
/// Carries out changes of many, a part at a time, each tenant's in turn. Every node does; the one that holds a change's row does its next part. So it
/// goes on where it was when a node dies.
/// </summary>
internal sealed partial class BulkKeeper(
    IBulkStore store, BulkSignal signal, WakeSignal wake, ScheduleLimits limits, TimeProvider time, ILogger<BulkKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Carries out the next part of each change that goes on; false when there was none, or other nodes are at them. One that fails keeps no other from its
    /// part, and is told when those had theirs.
    /// </summary>
    /// <exception cref="AggregateException">Some could not go on: why, of each.</exception>
    public async ValueTask<bool> StepAsync(CancellationToken cancellationToken = default)
    {
        var failed = new Dictionary<Guid, Exception>();
        var moved = await StepAsync(failed, cancellationToken);
        return failed.Count == 0 ? moved : throw new AggregateException(failed.Values);
    }

    /// <summary>Carries out all that can go on now, part after part. A change that fails rests until the next look, and is reported.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken = default)
    {
        var failed = new Dictionary<Guid, Exception>();
        while (await StepAsync(failed, cancellationToken))
        {
            // What else waits for the store comes between two parts.
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                AllDelayed(e);
            }

            await signal.WaitAsync(Interval, time, stoppingToken);
        }
    }

    // Those that failed before are left alone. A store that is away fails them all, and is told at once.
    private async ValueTask<bool> StepAsync(Dictionary<Guid, Exception> failed, CancellationToken cancellationToken)
    {
        var moved = false;
        foreach (var change in await store.ListRunningAsync(cancellationToken))
        {
            try
            {
                if (!failed.ContainsKey(change.Id) && await store.StepAsync(change.Tenant, change.Id, Step, cancellationToken) is not null)
                {
                    moved = true;
                    wake.Announce(DateTimeOffset.MinValue);
                }
            }
            catch (Exception e) when (e is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
            {
                failed.Add(change.Id, e);
                Delayed(e, change.Id, change.Tenant);
            }
        }

        return moved;
    }

    private BulkStep Step(BulkChange change)
    {
        var now = time.GetUtcNow();
        return new BulkStep
        {
            Limits = limits.At(now) with { IsFree = true },
            RestorableSince = now - limits.RestorableFor,
            Deed = (item, source) => BulkRules.DeedOf(change, item, source, Ids.Next(time), now),
            Entry = (item, source, scope) => AuditEntry.Of(
                time, scope, change.Actor, BulkRules.ActionOf(change.Action.Kind, source), item.Schedule.ToString(), detail: DetailOf(change))
                with { Undoes = item.Source },
        };
    }

    private static string DetailOf(BulkChange change) => change.Action.Note is { } note ? $"with many, {change.Id}: {note}" : $"with many, {change.Id}";
}
