using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>How a schedule stands now, whatever it was then: what can be done goes by that.</summary>
internal sealed record Standing
{
    /// <summary>Of several schedules, of which nobody looked at each.</summary>
    public static Standing Unknown { get; } = new();

    /// <summary>Whether it is due, and why not; null when that is not known.</summary>
    public DefinitionState? State { get; init; }

    /// <summary>Whether it was removed and cannot be brought back.</summary>
    public bool IsGone { get; init; }

    /// <summary>A pause under which no run can be asked for either.</summary>
    public Pause? Bar { get; init; }

    /// <summary>Whether the installed version still lacks its endpoint.</summary>
    public bool LacksEndpoint { get; init; } = true;

    /// <summary>Whether one occurrence waits for the end of the run before.</summary>
    public bool LetsWait { get; init; }

    public static Standing Of(WhyGround ground)
    {
        var (rows, now) = (ground.Rows, ground.Now);
        return new Standing
        {
            State = rows.Schedule is not { } schedule || rows.IsRemoved ? Removed(rows)
                : ground.Times.Present?.State ?? (!schedule.Enabled ? DefinitionState.Disabled
                    : schedule.NextDueAt is null ? DefinitionState.InstallDisabled : DefinitionState.Due),
            IsGone = rows.Schedule is null,
            Bar = ground.Above.OrderBy(p => p.Layer).FirstOrDefault(p => p.Layer is PauseLayer.Host or PauseLayer.Tenant && p.HoldsAt(now)),
            LacksEndpoint = rows.Schedule?.Pause is { Cause: PauseCause.EndpointGone } hold && hold.HoldsAt(now),
            LetsWait = rows.Schedule?.Policy.Overlap == OverlapPolicy.QueueOne,
        };
    }

    private static DefinitionState Removed(WhyRows rows) => rows.Later.Reverse().Concat(rows.Definitions)
        .FirstOrDefault(d => d.State is DefinitionState.Deleted or DefinitionState.Uninstalled)?.State ?? DefinitionState.Deleted;
}
