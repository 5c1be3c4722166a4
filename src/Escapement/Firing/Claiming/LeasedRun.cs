namespace Escapement.Firing.Claiming;

/// <summary>A run and the token of the lease under which it is held. The id comes with its tenant and schedule, because stores
/// that keep open runs by them need both.</summary>
/// <param name="Id">The run.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Schedule">Its schedule.</param>
/// <param name="Token">The lease's token.</param>
internal readonly record struct LeasedRun(RunId Id, TenantId Tenant, ScheduleId Schedule, Guid Token);
