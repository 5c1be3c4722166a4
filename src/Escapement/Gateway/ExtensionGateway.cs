using Escapement.Calls;
using Escapement.Extensions;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Gateway;

/// <summary>
/// Carries a request of the platform's users to an extension's endpoint: the path of a run from prepare to invoke, without a schedule
/// and without a ledger row. It waits for its turn at the node's slots; what failed is kept for the author.
/// </summary>
public sealed class ExtensionGateway
{
    private readonly InstalledExtensions installed;
    private readonly HostApiFactory hostApis;
    private readonly ISandbox sandbox;
    private readonly CallGate gate;
    private readonly CallKeeper keeper;
    private readonly TimeProvider time;

    /// <summary>Makes a gateway.</summary>
    internal ExtensionGateway(
        InstalledExtensions installed, HostApiFactory hostApis, ISandbox sandbox, CallGate gate, CallKeeper keeper, TimeProvider time)
    {
        this.installed = installed;
        this.hostApis = hostApis;
        this.sandbox = sandbox;
        this.gate = gate;
        this.keeper = keeper;
        this.time = time;
    }

    /// <summary>Calls an endpoint of a tenant's install.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="extensionId">The extension.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller went away: a call that waits leaves the queue, and a guest is ended.</param>
    public async ValueTask<GatewayResult> CallAsync(
        TenantId tenant, string extensionId, GatewayRequest request, CancellationToken cancellationToken = default)
    {
        if (await installed.FindAsync(tenant, extensionId, cancellationToken) is not { } extension)
        {
            return new GatewayResult.NotInstalled();
        }

        if (!extension.Install.Enabled)
        {
            return new GatewayResult.Disabled();
        }

        var path = request.Url.Split('?', 2)[0];
        var here = extension.Version.Endpoints.Where(e => EndpointPath.Matches(e.Declared.Path, path)).ToList();
        if (!here.Exists(e => e.Declared.Method == request.Method))
        {
            return here.Count == 0 ? new GatewayResult.NoEndpoint() : new GatewayResult.MethodNotAllowed([.. here.Select(e => e.Declared.Method)]);
        }

        var (call, queue) = gate.Enter(extension.Install.Scope);
        if (call is null)
        {
            return new GatewayResult.Busy(queue);
        }

        Invoked invoked;
        try
        {
            var body = await request.ReadBody(cancellationToken);
            await gate.StartAsync(call, cancellationToken);
            var asked = new HandlerRequest(request.Id.ToString(), request.Method, request.Url, request.Headers, body);
            invoked = await sandbox.InvokeAsync(new Invocation(extension, hostApis.For(extension), asked), cancellationToken);
        }
        finally
        {
            gate.Leave(call);
        }

        return await PassOnAsync(extension, request, path, invoked);
    }

    private async ValueTask<GatewayResult> PassOnAsync(InstalledExtension extension, GatewayRequest request, string path, Invoked invoked)
    {
        const int failed = 500;
        const int longestPath = 1_000;
        if (invoked.Result is InvocationResult.NotReady waiting)
        {
            return new GatewayResult.NotReady(waiting.Reason, waiting.Message);
        }

        var response = (invoked.Result as InvocationResult.Responded)?.Response;
        var failure = CallFailure.Of(invoked.Result);
        if (response is null && failure is null)
        {
            return new GatewayResult.Ended();
        }

        var (passed, dropped) = response is null ? ([], []) : GuestHeaders.Sort(response.Headers);
        var kept = failure is not null || response!.Status >= failed || dropped.Count > 0;
        if (kept)
        {
            kept = await keeper.KeepAsync(new KeptCall
            {
                Id = request.Id,
                Scope = extension.Install.Scope,
                At = invoked.StartedAt,
                Version = extension.Version.Id,
                Method = request.Method,
                Path = path.Length > longestPath ? path[..longestPath] : path,
                Status = response?.Status,
                Reason = failure?.Reason ?? RunReason.None,
                Error = failure?.Message,
                Duration = invoked.Duration,
                Evidence = WithDropped(invoked.Evidence, dropped),
            });
        }

        return failure is not null
            ? new GatewayResult.Failed(failure, extension.Install.Scope, kept)
            : new GatewayResult.Answered(response! with { Headers = passed });
    }

    private RunEvidence WithDropped(RunEvidence evidence, IReadOnlyList<string> dropped)
    {
        var now = time.GetUtcNow();
        return dropped.Count == 0 ? evidence : evidence with { Log = [.. evidence.Log, .. dropped.Select(d => new GuestLogLine(now, "host", d))] };
    }
}
