namespace Escapement.Scheduling;

/// <summary>What a pause above the schedules holds: all of the host, a tenant, or an install.</summary>
/// <param name="Tenant">Whose; null for everybody's.</param>
/// <param name="Install">Which install's; null for all of the tenant's.</param>
internal readonly record struct PauseTarget(TenantId? Tenant, InstallId? Install)
{
    public static PauseTarget Host => default;

    public PauseLayer Layer => (Tenant, Install) switch
    {
        (null, _) => PauseLayer.Host,
        (_, null) => PauseLayer.Tenant,
        _ => PauseLayer.Install,
    };

    public static PauseTarget Of(InstallScope scope) => new(scope.Tenant, scope.Install);

    /// <summary>Whether an install is held by what this holds.</summary>
    public bool Covers(InstallScope scope) =>
        (Tenant is not { } tenant || tenant == scope.Tenant) && (Install is not { } install || install == scope.Install);
}

/// <summary>A pause above the schedules. A schedule's own lies with the schedule.</summary>
internal sealed record OuterPause(PauseTarget Target, Pause Pause);
