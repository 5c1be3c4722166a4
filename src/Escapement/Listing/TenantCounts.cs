namespace Escapement.Listing;

/// <summary>What there is of a tenant that has installs.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Installs">How many extensions it has.</param>
/// <param name="Schedules">How many schedules they have.</param>
/// <param name="Failing">Of how many of those the last runs failed.</param>
internal sealed record TenantCounts(TenantId Tenant, int Installs, int Schedules, int Failing);
