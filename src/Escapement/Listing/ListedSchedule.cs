using Escapement.Scheduling;

namespace Escapement.Listing;

/// <summary>A schedule in a list over installs: without its payload, and with the extension that it is of.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="ExtensionId">The extension.</param>
/// <param name="StartsAt">When claims are to take it, as it is stored; null while nothing of it starts.</param>
internal sealed record ListedSchedule(Schedule Schedule, string ExtensionId, DateTimeOffset? StartsAt)
{
    /// <summary>The pauses in force over it; none until somebody has looked.</summary>
    public IReadOnlyList<Pause> Pauses { get; init; } = [];
}
