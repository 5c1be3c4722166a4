using System.Globalization;
using System.Text;
using Escapement.Firing;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Faults;

/// <summary>
/// A sandbox whose guests are a few lines of this file, and which writes down each call as it begins and as it ends. What a call does
/// depends on its idempotency key alone: how long it takes, whether it fails, what it asks of the host.
/// </summary>
internal sealed class RecordingSandbox(CallLog log, TimeProvider time, int slots) : ISandbox
{
    /// <summary>The endpoint whose handler makes a schedule.</summary>
    public const string MakingPath = "/api/make";

    public int Slots => slots;

    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.MayStart is { } mayStart && !mayStart())
        {
            return new Invoked(new InvocationResult.NotStarted(), time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None);
        }

        var startedAt = time.GetUtcNow();
        var line = ToLine(invocation.Request);
        log.Write(line);
        var result = await CarryOutAsync(invocation, line, cancellationToken);
        log.Write(line with
        {
            Kind = CallLine.Kinds.End,
            At = DateTimeOffset.UtcNow,
            Result = result is InvocationResult.Responded answered ? answered.Response.Status.ToString(CultureInfo.InvariantCulture) : "cancelled",
        });
        return new Invoked(result, startedAt, time.GetUtcNow() - startedAt, RunEvidence.None);
    }

    private static CallLine ToLine(HandlerRequest request)
    {
        var headers = request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.Ordinal);
        return new CallLine
        {
            Kind = CallLine.Kinds.Start,
            At = DateTimeOffset.UtcNow,
            Key = headers["x-idempotency-key"],
            Schedule = headers["x-scheduler-schedule-id"],
            DueAt = headers["x-scheduler-due-at"],
            Trigger = headers["x-scheduler-trigger"],
            Attempt = int.Parse(headers["x-scheduler-attempt"], CultureInfo.InvariantCulture),
        };
    }

    private async Task<InvocationResult> CarryOutAsync(Invocation invocation, CallLine line, CancellationToken cancellationToken)
    {
        var die = Die(line.Key!);
        try
        {
            await Task.Delay(Duration(die), cancellationToken);
            if (invocation.Request.Url == MakingPath && invocation.Request.Body is { } body)
            {
                await MakeAsync(invocation.Host, line, Encoding.UTF8.GetString(body.Span), cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return new InvocationResult.Responded(new HandlerResponse(die % 25 == 0 ? 500 : 200, [], null));
        }
        catch (OperationCanceledException)
        {
            return new InvocationResult.Cancelled();
        }
        catch (StoreUnavailableException)
        {
            // As in a real guest, to whom the host call failed.
            return new InvocationResult.Responded(new HandlerResponse(503, [], null));
        }
    }

    // Its name holds the key, so that the handler can be repeated: what its lost attempt made is found there.
    private async Task MakeAsync(IHostApi host, CallLine line, string payload, CancellationToken cancellationToken)
    {
        using var asked = System.Text.Json.JsonDocument.Parse(payload);
        var cron = asked.RootElement.GetProperty("cron").GetString()!;
        var made = await host.Get<ISchedulerHost>().CreateAsync(new ScheduleInput("GET /api/work", cron, Name: $"guest-{line.Key}"), cancellationToken);
        if (made.Schedule is { } schedule)
        {
            log.Write(line with { Kind = CallLine.Kinds.Created, At = DateTimeOffset.UtcNow, Result = schedule.Id.ToString() });
        }
    }

    private static int Die(string key) => (int)(BitConverter.ToUInt32(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(key))) & 0xffff);

    // Most are short, as most handlers are; a few are long enough for a fault to strike inside them.
    private static TimeSpan Duration(int die) => TimeSpan.FromMilliseconds((die >> 8) switch
    {
        < 160 => die % 50,
        < 235 => 50 + (die % 350),
        _ => 600 + (die % 1_400),
    });
}
