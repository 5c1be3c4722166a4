using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>The rules on pauses that only their transaction can check, under the lock that claims take.</summary>
internal static class PauseRules
{
    /// <summary>Why a pause may not begin; null when it may.</summary>
    /// <param name="there">The pauses of its bucket.</param>
    /// <param name="wanted">The pause.</param>
    /// <param name="expected">Whether the layer is as the caller saw it; null when it may be anything.</param>
    public static PauseOutcome? Refusal(IEnumerable<OuterPause> there, OuterPause wanted, Func<Pause?, bool>? expected = null)
    {
        var current = InForce(there, wanted.Target, wanted.Pause.Since);
        return expected?.Invoke(current) == false ? new PauseOutcome.ChangedMeanwhile(current)
            : current is { } pause ? new PauseOutcome.Already(pause)
            : null;
    }

    /// <summary>The install of the pause is gone.</summary>
    public static PauseOutcome InstallGone { get; } = new PauseOutcome.Refused(ScheduleChange.InstallGone);

    /// <summary>What came of beginning one.</summary>
    public static PauseOutcome.Done Began(Pause pause, int underWay) => new(pause, underWay) { Changes = PauseFields.Began(pause) };

    /// <summary>The pause that ends, as it ends; or why none does.</summary>
    /// <param name="there">The pauses of its bucket.</param>
    /// <param name="target">Whose pause.</param>
    /// <param name="ending">How.</param>
    /// <param name="underWay">How many runs below it are under way.</param>
    public static (Pause? Ended, PauseOutcome Outcome) End(IEnumerable<OuterPause> there, PauseTarget target, PauseEnding ending, int underWay)
    {
        var current = InForce(there, target, ending.Now);
        if (ending.Expected?.Invoke(current) == false)
        {
            return (null, new PauseOutcome.ChangedMeanwhile(current));
        }

        if (current is null || (current.ByOperator && !ending.ByOperator))
        {
            return (null, current is null ? new PauseOutcome.NotPaused() : new PauseOutcome.OperatorsOnly());
        }

        var ended = current with { EndedAt = ending.Now, OnEnd = ending.OnEnd ?? current.OnEnd, ShownAt = ending.ShownAt };
        return (ended, new PauseOutcome.Done(ended, underWay) { Changes = PauseFields.Ended(current) });
    }

    private static Pause? InForce(IEnumerable<OuterPause> there, PauseTarget target, DateTimeOffset now) =>
        there.FirstOrDefault(p => p.Target == target && p.Pause.HoldsAt(now))?.Pause;
}
