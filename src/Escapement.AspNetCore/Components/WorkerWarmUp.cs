using Escapement.Installs;
using Escapement.Sandbox;
using Microsoft.Extensions.Hosting;

namespace Escapement.AspNetCore.Components;

/// <summary>
/// Starts the worker processes in the background once the host is up, where there is an install to serve, so that the first call need not wait for
/// them. The first install has them started too. Where there is none, one is started for a moment, so that <c>/readyz</c> can say what will hold it.
/// </summary>
internal sealed class WorkerWarmUp(ISandbox sandbox, IInstallStore installs, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (sandbox.Workers() is not { } workers)
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            if ((await installs.ListEnabledVersionsAsync(stoppingToken)).Count > 0)
            {
                workers.Wake();
            }
            else
            {
                await workers.LearnConfinementsAsync();
            }
        }
        catch (StoreUnavailableException)
        {
            // Nothing runs while the store is away; what runs later starts them.
        }
    }
}
