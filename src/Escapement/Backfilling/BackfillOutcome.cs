using Escapement.Scheduling;

namespace Escapement.Backfilling;

/// <summary>How a change of a schedule's backfill ended.</summary>
internal abstract record BackfillOutcome
{
    private BackfillOutcome()
    {
    }

    /// <summary>Why nothing was changed; null when it was.</summary>
    public string? Refusal => this switch
    {
        Done => null,
        NotFound => ScheduleMessages.NotFound,
        NoBackfill => "The schedule has no backfill",
        AlreadyOpen => "The schedule has a backfill that has not ended",
        InstallDisabled => "The install is disabled",
        ScheduleDisabled => "The schedule is disabled",
        NothingLeft => "Of what was shown nothing is left to run",
        Invalid invalid => invalid.Problem.Message,
        var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
    };

    /// <summary>It is as it is now.</summary>
    /// <param name="Backfill">The backfill.</param>
    /// <param name="LeftOut">Occurrences that were shown and are not in it, because they ran, or are to run, meanwhile.</param>
    public sealed record Done(Backfill Backfill, IReadOnlyList<DateTimeOffset> LeftOut) : BackfillOutcome;

    /// <summary>The install has no such schedule.</summary>
    public sealed record NotFound : BackfillOutcome;

    /// <summary>There is none.</summary>
    public sealed record NoBackfill : BackfillOutcome;

    /// <summary>There is one, and a schedule has one at a time.</summary>
    public sealed record AlreadyOpen : BackfillOutcome;

    /// <summary>The install is disabled.</summary>
    public sealed record InstallDisabled : BackfillOutcome;

    /// <summary>The schedule is disabled.</summary>
    public sealed record ScheduleDisabled : BackfillOutcome;

    /// <summary>All that was shown ran, or is to run, meanwhile.</summary>
    public sealed record NothingLeft : BackfillOutcome;

    /// <summary>What was asked for is wrong.</summary>
    public sealed record Invalid(Problem Problem) : BackfillOutcome;
}
