using Microsoft.Extensions.Logging;

namespace Escapement.Audit;

internal sealed partial class AuditLog
{
    [LoggerMessage(
        LogEvents.AuditDelayed,
        LogLevel.Error,
        "The store takes no audit entries; {Count} are kept in memory and tried again in a second: {Problem}")]
    private partial void StoreIsUnavailable(int count, string problem);

    [LoggerMessage(
        LogEvents.AuditRefused,
        LogLevel.Critical,
        "The store refuses an audit entry, which is here alone now: {Id} {Action} of tenant {Tenant} by {ActorKind} {Actor}, target {Target}")]
    private partial void Refused(Exception e, Guid id, string action, string? tenant, ActorKind actorKind, string actor, string? target);
}
