using System.Buffers;
using System.Text;
using System.Text.Json;
using Escapement.AspNetCore.Json;
using Escapement.Events;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Api.Events;

/// <summary>What is sent, in the form that browsers read.</summary>
internal static class ServerSentEvents
{
    public const string ContentType = "text/event-stream";

    public static async Task WriteAsync(HttpResponse response, IReadOnlyList<Sent> sent, CancellationToken cancellationToken)
    {
        foreach (var one in sent)
        {
            response.BodyWriter.Write(one.Written ??= Encoding.UTF8.GetBytes(Text(one)));
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static string Text(Sent sent) => sent switch
    {
        Sent.Resync => "event: resync\ndata: {}\n\n",
        Sent.One { Event: var one } => $"event: {Word(one.Kind)}\ndata: {JsonSerializer.Serialize(EventJson.Of(one), ApiJson.Options)}\n\n",
        Sent.Counts { Numbers: var numbers } => $"event: counts\ndata: {JsonSerializer.Serialize(
            numbers.Select(n => new CountJson(Word(n.Key.Kind), n.Key.What, n.Value)), ApiJson.Options)}\n\n",
        _ => ":\n\n",
    };

    private static string Word(EventKind kind) => kind == EventKind.Run ? "run" : "schedule";
}

/// <summary>Something that happened.</summary>
/// <param name="Tenant">Whose; absent for everybody's.</param>
/// <param name="Id">The run or schedule; absent for all schedules of an install, a tenant or the host.</param>
/// <param name="What">A run's state, <c>queued</c> if it is tried again; of a schedule <c>created</c>, <c>changed</c>,
/// <c>paused</c>, <c>resumed</c>, <c>deleted</c> or <c>restored</c>.</param>
/// <param name="ScheduleId">Of a run: its schedule.</param>
internal sealed record EventJson(string? Tenant, string? Id, string What, string? ScheduleId)
{
    public static EventJson Of(HostEvent happened) =>
        new(happened.Tenant?.Value, happened.Id?.ToString(), happened.What, happened.Schedule?.ToString());
}

/// <summary>How many things of one sort happened.</summary>
internal sealed record CountJson(string Kind, string What, int Count);
