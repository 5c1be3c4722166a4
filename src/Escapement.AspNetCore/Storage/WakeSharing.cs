using Escapement.Storage;
using Escapement.Waking;
using Microsoft.Extensions.Hosting;

namespace Escapement.AspNetCore.Storage;

/// <summary>Connects this node's wake signal with those of the other nodes, before anything can announce a change.</summary>
internal sealed class WakeSharing(IStore store, WakeSignal wake) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.ConnectWakeSignal(wake);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
