using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>The pauses above the schedules of a bucket, as a claim sees them: nearly always none.</summary>
internal sealed class PauseLayers(IReadOnlyList<OuterPause> pauses, DateTimeOffset now)
{
    private readonly IReadOnlyList<OuterPause> holding = pauses.Count == 0 ? pauses : [.. pauses.Where(p => p.Pause.HoldsAt(now))];

    /// <summary>Those that have ended, and are kept until all that they held is let go.</summary>
    public IReadOnlyList<OuterPause> Ended { get; } = pauses.Count == 0 ? pauses : [.. pauses.Where(p => p.Pause.EndsAt <= now)];

    /// <summary>The installs that are held by a pause of their own: of their runs only those that an admin asked for may start.</summary>
    public IReadOnlyList<Guid> HeldInstalls { get; } =
        [.. pauses.Where(p => p.Pause.HoldsAt(now) && p.Target.Install is not null).Select(p => p.Target.Install!.Value.Value)];

    /// <summary>Whether nothing of a tenant may start, not even what an admin asked for.</summary>
    public bool Holds(TenantId tenant) =>
        holding.Any(p => p.Target.Layer == PauseLayer.Host || (p.Target.Layer == PauseLayer.Tenant && p.Target.Tenant == tenant));

    /// <summary>What all of them make of a schedule that is due.</summary>
    public PauseHold Over(DueRow row)
    {
        IReadOnlyCollection<Pause> over = pauses.Count == 0 ? [] : [.. pauses.Where(p => p.Target.Covers(row.Scope)).Select(p => p.Pause)];
        return PauseHold.Of(over, row.Pause, row.Held, row.DueAt, now, row.UpdatedAt);
    }
}
