using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>Has the collector of a process that runs .NET take its whole turn, as whoever wants a dump of the heap does.</summary>
internal static class FullCollection
{
    // GCHeapCollect: https://learn.microsoft.com/dotnet/fundamentals/diagnostics/runtime-garbage-collection-events
    private const long Collect = 0x800000;
    private static readonly EventPipeProvider Collector = new("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect);

    public static async Task OfAsync(int process, CancellationToken cancellationToken)
    {
        using var session = await new DiagnosticsClient(process).StartEventPipeSessionAsync([Collector], requestRundown: false, token: cancellationToken);
        var events = session.EventStream.CopyToAsync(Stream.Null, cancellationToken);
        await session.StopAsync(cancellationToken);
        await events;
    }
}
