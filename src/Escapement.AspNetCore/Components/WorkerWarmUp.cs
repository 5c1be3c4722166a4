using Escapement.Firing;
using Escapement.Sandbox;
using Microsoft.Extensions.Hosting;

namespace Escapement.AspNetCore.Components;

/// <summary>
/// Starts the worker processes in the background once the host is up, where something is due some day, so that the first run need not wait for them. Elsewhere
/// the first call starts them.
/// </summary>
internal sealed class WorkerWarmUp(ISandbox sandbox, IClaimStore store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (sandbox.Workers() is { } workers && await store.PeekAsync(DateTimeOffset.UnixEpoch, stoppingToken) is not null)
            {
                workers.Wake();
            }
        }
        catch (StoreUnavailableException)
        {
            // Nothing runs while the store is away; what runs later starts them.
        }
    }
}
