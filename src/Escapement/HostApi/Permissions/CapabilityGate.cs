using Escapement.Audit;
using Escapement.Installs;

namespace Escapement.HostApi.Permissions;

/// <summary>
/// The one place that decides whether an install may use a capability (contract section 2), and that leaves the audit entry of a
/// call which no change's own transaction carries. Bound to one install.
/// </summary>
internal sealed class CapabilityGate(InstalledExtension extension, AuditLog audit, TimeProvider time)
{
    /// <summary>The install on whose behalf calls are made.</summary>
    public InstalledExtension Extension => extension;

    /// <summary>Its tenant and id.</summary>
    public InstallScope Scope => extension.Install.Scope;

    /// <summary>Whom audit entries name.</summary>
    public Actor Actor { get; } = new(ActorKind.Extension, extension.Install.ExtensionId);

    /// <summary>Whether a change may go on; it leaves its own entry then. A denied one leaves it here.</summary>
    public async ValueTask<bool> AllowsChangeAsync(string capability, string action, string? target, CancellationToken cancellationToken)
    {
        if (extension.Can(capability))
        {
            return true;
        }

        await RecordAsync(action, target, AuditOutcome.Denied, $"Permission denied: {capability} not granted", cancellationToken);
        return false;
    }

    /// <summary>Whether a read may go on. Either way it leaves an entry.</summary>
    public async ValueTask<bool> AllowsReadAsync(string capability, string action, string? target, CancellationToken cancellationToken)
    {
        if (!await AllowsChangeAsync(capability, action, target, cancellationToken))
        {
            return false;
        }

        await RecordAsync(action, target, AuditOutcome.Done, detail: null, cancellationToken);
        return true;
    }

    private ValueTask RecordAsync(string action, string? target, AuditOutcome outcome, string? detail, CancellationToken cancellationToken) =>
        audit.RecordAsync(AuditEntry.Of(time, Scope, Actor, action, target, outcome, detail), cancellationToken);
}
