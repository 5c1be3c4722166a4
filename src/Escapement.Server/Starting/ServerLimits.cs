using Escapement.AspNetCore;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace Escapement.Server.Starting;

/// <summary>What the web server allows, and how long it takes to stop.</summary>
internal static class ServerLimits
{
    // The engine waits for its runs first; after it outcomes and audit entries are written and the store is closed.
    private static readonly TimeSpan AfterTheEngine = TimeSpan.FromSeconds(15);

    public static void AddServerLimits(this WebApplicationBuilder builder, EscapementOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = name =>
                name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? HeaderReading.ContentLength
                : name.Equals(HeaderNames.Connection, StringComparison.OrdinalIgnoreCase) ? HeaderReading.Connection
                : null;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Firing.ShutdownTimeout + AfterTheEngine);
    }
}
