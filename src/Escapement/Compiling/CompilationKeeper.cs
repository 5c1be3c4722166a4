using Microsoft.Extensions.Hosting;

namespace Escapement.Compiling;

/// <summary>Compiles in the background as long as the node runs.</summary>
internal sealed class CompilationKeeper(ICompilations compilations) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => compilations.RunAsync(stoppingToken);
}
