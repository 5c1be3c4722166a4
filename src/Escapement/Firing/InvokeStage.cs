using System.Globalization;
using System.Text;
using Escapement.Firing.Claiming;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing;

/// <summary>Stage 4: an ordinary request (contract section 5) to a fresh sandbox instance whose imports are bound to this one install.</summary>
internal sealed class InvokeStage(ISandbox sandbox, HostApiFactory hostApis, TimeProvider time)
{
    public ValueTask<Invoked> RunAsync(ClaimedRun run, InstalledExtension extension, Func<bool> mayStart, CancellationToken cancellationToken) =>
        sandbox.InvokeAsync(new Invocation(extension, hostApis.For(extension), ToRequest(run, extension)) { MayStart = mayStart }, cancellationToken);

    private HandlerRequest ToRequest(ClaimedRun run, InstalledExtension extension)
    {
        var requestId = Ids.Next(time).ToString();
        var headers = new List<KeyValuePair<string, string>>(9)
        {
            new("x-request-id", requestId),
            new("x-idempotency-key", run.Lease.Id.ToString()),
            new("x-alga-tenant", run.Scope.Tenant.Value),
            new("x-alga-extension", extension.Install.ExtensionId),
            new("x-scheduler-trigger", run.Trigger == RunTrigger.RunNow ? "run-now" : "schedule"),
            new("x-scheduler-schedule-id", run.Schedule.ToString()),
            new("x-scheduler-due-at", Timestamps.Format(run.DueAt)),
            new("x-scheduler-attempt", run.Attempt.ToString(CultureInfo.InvariantCulture)),
        };
        ReadOnlyMemory<byte>? body = null;
        if (run.Endpoint.Method == "POST" && run.Payload is { } payload)
        {
            headers.Add(new("content-type", "application/json"));
            body = Encoding.UTF8.GetBytes(payload);
        }

        return new HandlerRequest(requestId, run.Endpoint.Method, run.Endpoint.Path, headers, body);
    }
}
