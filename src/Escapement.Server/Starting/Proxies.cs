using Escapement.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Escapement.Server.Starting;

/// <summary>
/// Looks through the proxies that the settings name: a request that comes from one of them comes from whom it says, by the scheme that it says, and to an
/// address below the path that it says it took off. What others say is not listened to, so that nobody can pass for another address. Stands before
/// everything that asks where a request comes from.
/// </summary>
internal sealed class Proxies(ForwardedHeadersOptions options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseForwardedHeaders(options);
        next(app);
    };
}

/// <summary>Adds them.</summary>
internal static class ProxySetup
{
    /// <summary>To be called before anything that adds a part of the pipeline.</summary>
    public static void AddProxies(this WebApplicationBuilder builder, ServerSettings settings)
    {
        if (settings.Proxies.Count == 0)
        {
            return;
        }

        // No limit on how many stand behind each other: each must be one that is named.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        builder.Services.AddSingleton<IStartupFilter>(new Proxies(options));
    }
}
