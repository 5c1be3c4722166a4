using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>The rules on pauses that only their transaction can check, under the lock that claims take.</summary>
internal static class PauseRules
{
    /// <summary>Why a pause may not begin; null when it may.</summary>
    /// <param name="there">The pauses of its bucket.</param>
    /// <param name="wanted">The pause.</param>
    public static PauseOutcome? Refusal(IEnumerable<OuterPause> there, OuterPause wanted) =>
        InForce(there, wanted.Target, wanted.Pause.Since) is { } pause ? new PauseOutcome.Already(pause) : null;

    /// <summary>The pause that ends, as it ends; or why none does.</summary>
    /// <param name="there">The pauses of its bucket.</param>
    /// <param name="target">Whose pause.</param>
    /// <param name="ending">How.</param>
    public static (Pause? Ended, PauseOutcome? Refusal) End(IEnumerable<OuterPause> there, PauseTarget target, PauseEnding ending) =>
        InForce(there, target, ending.Now) switch
        {
            null => (null, new PauseOutcome.NotPaused()),
            { ByOperator: true } when !ending.ByOperator => (null, new PauseOutcome.OperatorsOnly()),
            { } pause => (pause with { EndedAt = ending.Now, OnEnd = ending.OnEnd ?? pause.OnEnd }, null),
        };

    private static Pause? InForce(IEnumerable<OuterPause> there, PauseTarget target, DateTimeOffset now) =>
        there.FirstOrDefault(p => p.Target == target && p.Pause.HoldsAt(now))?.Pause;
}
