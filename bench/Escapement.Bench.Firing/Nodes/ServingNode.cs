using Escapement.AspNetCore;
using Escapement.Firing;
using Escapement.Firing.Engine;
using Escapement.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escapement.Bench;

/// <summary>A node that serves the HTTP API as well: the whole host, but for the sandbox. It says <c>ready</c>, its address and an operator's token.</summary>
internal static class ServingNode
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        string? token = null;
        var recorded = new Recorder(TimeProvider.System);
        var place = Place.Of(options);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<ISandbox>(new NoopSandbox(options.Slots, options.Hold, TimeProvider.System));
        builder.Services.AddSingleton<IFiringObserver>(recorded);
        builder.Services.AddEscapement(o =>
        {
            o.OwnsAllPaths = true;
            o.OnFirstToken = secret => token = secret;
            o.Firing = new FiringOptions
            {
                Node = options.Node, Slots = options.Slots, MaxRunningPerInstall = options.Slots, MaxRunningPerTenant = options.Slots,
            };
            place.Configure(o);
        });
        await using var app = builder.Build();
        app.MapEscapement();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.WriteLine($"ready {address} {token}");
        await recorded.TellAsync(app.Services.GetRequiredService<FiringEngine>());
        await app.StopAsync();
        return 0;
    }
}
