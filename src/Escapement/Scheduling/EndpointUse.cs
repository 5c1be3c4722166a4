using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>What a schedule calls, and at which revision: as much of it as a change of its install's version depends on.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Endpoint">What it calls.</param>
/// <param name="Revision">Counts its changes by extensions and admins.</param>
internal readonly record struct EndpointUse(ScheduleId Schedule, EndpointKey Endpoint, long Revision);
