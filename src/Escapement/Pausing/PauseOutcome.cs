using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>How pausing or resuming ended.</summary>
public abstract record PauseOutcome
{
    private PauseOutcome()
    {
    }

    /// <summary>Why nothing was changed; null when it was.</summary>
    public string? Refusal => this switch
    {
        Done => null,
        Invalid invalid => string.Join("; ", invalid.Problems.Select(p => p.Message)),
        Already already => $"It is paused already, by {already.Pause.By}: {already.Pause.Note}",
        NotPaused => "It is not paused",
        OperatorsOnly => ScheduleMessages.OperatorsPause,
        ChangedMeanwhile => "The pause is not as it was when it was looked at",
        Refused refused => refused.Change.Error,
        var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
    };

    /// <summary>What of its layer changed, for the audit; nothing unless done.</summary>
    internal FieldChanges Changed => this is Done { Changes: var changes } ? changes : FieldChanges.None;

    /// <summary>It is done.</summary>
    /// <param name="Pause">The pause, as it began or ended; null for a schedule's that has ended and held nothing.</param>
    /// <param name="UnderWay">How many runs below it are under way; they finish.</param>
    public sealed record Done(Pause? Pause, int UnderWay) : PauseOutcome
    {
        /// <summary>The same.</summary>
        internal FieldChanges Changes { get; init; } = FieldChanges.None;
    }

    /// <summary>The layer is not as the caller saw it.</summary>
    /// <param name="Current">The pause that is there; null for none.</param>
    public sealed record ChangedMeanwhile(Pause? Current) : PauseOutcome;

    /// <summary>Fields are wrong.</summary>
    public sealed record Invalid(IReadOnlyList<Problem> Problems) : PauseOutcome;

    /// <summary>There is a pause in this layer.</summary>
    public sealed record Already(Pause Pause) : PauseOutcome;

    /// <summary>There is none.</summary>
    public sealed record NotPaused : PauseOutcome;

    /// <summary>An operator paused, and the caller is none.</summary>
    public sealed record OperatorsOnly : PauseOutcome;

    /// <summary>The schedule could not be changed, or the install is gone, which has nothing to do with pauses.</summary>
    public sealed record Refused(ScheduleChange Change) : PauseOutcome;
}
