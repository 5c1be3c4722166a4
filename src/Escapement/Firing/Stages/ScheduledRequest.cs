using System.Globalization;
using System.Text;
using Escapement.Firing.Holding;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing.Stages;

/// <summary>The request that a run makes of its extension (contract section 5).</summary>
internal static class ScheduledRequest
{
    public static HandlerRequest Of(HeldRun held, string extensionId, string requestId)
    {
        var run = held.Claimed;
        var headers = new List<KeyValuePair<string, string>>(10)
        {
            new("x-request-id", requestId),
            new("x-idempotency-key", run.Lease.Id.ToString()),
            new("x-alga-tenant", run.Scope.Tenant.Value),
            new("x-alga-extension", extensionId),
            new("x-scheduler-trigger", run.Trigger.Word()),
            new("x-scheduler-schedule-id", run.Schedule.ToString()),
            new("x-scheduler-due-at", Timestamps.Format(run.Occurrence ?? run.DueAt)),
            new("x-scheduler-attempt", run.Attempt.ToString(CultureInfo.InvariantCulture)),
        };
        if (held.Span?.Id is { } trace)
        {
            // So that what the extension calls can be seen in the same trace.
            headers.Add(new("traceparent", trace));
        }

        ReadOnlyMemory<byte>? body = null;
        if (run.Endpoint.Method == "POST" && run.Payload is { } payload)
        {
            headers.Add(new("content-type", "application/json"));
            body = Encoding.UTF8.GetBytes(payload);
        }

        return new HandlerRequest(requestId, run.Endpoint.Method, run.Endpoint.Path, headers, body);
    }
}
