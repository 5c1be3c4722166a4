using Escapement.Extensions;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Sandbox;

namespace Escapement.Gateway;

/// <summary>
/// Carries a request of the platform's users to an extension's endpoint: the path of a run from prepare to invoke, without a schedule
/// and without a ledger row.
/// </summary>
public sealed class ExtensionGateway
{
    private readonly InstalledExtensions installed;
    private readonly HostApiFactory hostApis;
    private readonly ISandbox sandbox;

    /// <summary>Makes a gateway.</summary>
    internal ExtensionGateway(InstalledExtensions installed, HostApiFactory hostApis, ISandbox sandbox)
    {
        this.installed = installed;
        this.hostApis = hostApis;
        this.sandbox = sandbox;
    }

    /// <summary>Calls an endpoint of a tenant's install.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="extensionId">The extension.</param>
    /// <param name="request">The request, its URL relative to the extension: <c>/api/status?x=1</c>.</param>
    /// <param name="cancellationToken">Ends the guest.</param>
    public async ValueTask<GatewayResult> CallAsync(TenantId tenant, string extensionId, HandlerRequest request, CancellationToken cancellationToken = default)
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

        return new GatewayResult.Called(await sandbox.InvokeAsync(new Invocation(extension, hostApis.For(extension), request), cancellationToken));
    }
}

/// <summary>How a gateway call ended.</summary>
public abstract record GatewayResult
{
    private GatewayResult()
    {
    }

    /// <summary>The extension was called; it may still have failed.</summary>
    public sealed record Called(Invoked Invoked) : GatewayResult;

    /// <summary>The tenant does not have the extension.</summary>
    public sealed record NotInstalled : GatewayResult;

    /// <summary>The install is disabled.</summary>
    public sealed record Disabled : GatewayResult;

    /// <summary>The installed version declares no endpoint at that path.</summary>
    public sealed record NoEndpoint : GatewayResult;

    /// <summary>It declares the path, with other methods.</summary>
    public sealed record MethodNotAllowed(IReadOnlyList<string> Allowed) : GatewayResult;
}
