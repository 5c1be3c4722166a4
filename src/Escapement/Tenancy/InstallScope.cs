namespace Escapement;

/// <summary>
/// Whose data a call may touch: one tenant's installation of one extension. There is no ambient tenant;
/// every store and host call takes this, or a <see cref="TenantId"/>, as a parameter.
/// </summary>
/// <param name="Tenant">The customer.</param>
/// <param name="Install">The customer's installation of an extension.</param>
public readonly record struct InstallScope(TenantId Tenant, InstallId Install);
