using Escapement.Events;
using Escapement.Storage;
using Escapement.Waking;
using Microsoft.Extensions.Hosting;

namespace Escapement.AspNetCore.Storage;

/// <summary>Connects this node's wake signal and its events with those of the other nodes, before anything can announce a change.</summary>
internal sealed class WakeSharing(IStore store, WakeSignal wake, EventFeed feed) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.ConnectWakeSignal(wake);
        store.ConnectEvents(feed);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
