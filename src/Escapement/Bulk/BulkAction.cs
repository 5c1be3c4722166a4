using Escapement.Scheduling;

namespace Escapement.Bulk;

/// <summary>What is to be done to many schedules.</summary>
internal sealed record BulkAction
{
    /// <summary>Which of them.</summary>
    public required BulkKind Kind { get; init; }

    /// <summary>Why; a pause needs it.</summary>
    public string? Note { get; init; }

    /// <summary>Of a pause: when it ends by itself.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Of a pause: what its end does; of a resume: what becomes of what the pause kept from starting, null for what each says.</summary>
    public PauseEnd? OnEnd { get; init; }

    /// <summary>What of policies changes.</summary>
    public SchedulePolicyInput? Policy { get; init; }

    /// <summary>
    /// When whoever asked was shown what it would do, so that the ends of pauses run nothing that came due since; null when they were not.
    /// </summary>
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>Everything that is wrong with it.</summary>
    /// <param name="now">The present.</param>
    /// <param name="longestTimeLimit">The host's limit on the time of an attempt.</param>
    public IReadOnlyList<Problem> Validate(DateTimeOffset now, TimeSpan longestTimeLimit)
    {
        var problems = new List<Problem>();
        if (Kind == BulkKind.Pause && Pause.NoteProblem(Note, "A pause") is { } needed)
        {
            problems.Add(needed);
        }
        else if (Kind != BulkKind.Pause && Note is not null && Pause.NoteProblem(Note, "A change") is { } wrong)
        {
            problems.Add(wrong);
        }

        if (Pause.UntilProblem(Until, now) is { } wrongEnd)
        {
            problems.Add(wrongEnd);
        }

        if (Kind == BulkKind.SetPolicy)
        {
            problems.AddRange(Policy is null
                ? [new Problem("policy", "required", "Setting policies needs what of them changes")]
                : Policy.Validate("policy", longestTimeLimit));
        }

        (string Field, bool Given, bool Wanted)[] fields =
        [
            ("until", Until is not null, Kind == BulkKind.Pause),
            ("onEnd", OnEnd is not null, Kind is BulkKind.Pause or BulkKind.Resume),
            ("policy", Policy is not null, Kind == BulkKind.SetPolicy),
        ];
        problems.AddRange(fields.Where(f => f.Given && !f.Wanted).Select(f => new Problem(f.Field, "not-wanted", $"This action takes no {f.Field}")));
        return problems;
    }
}

/// <summary>What is done to each of many schedules.</summary>
internal enum BulkKind
{
    /// <summary>Taking back another change of many.</summary>
    Undo = 0,

    /// <summary>A pause of its own.</summary>
    Pause = 1,

    /// <summary>The end of its own pause.</summary>
    Resume = 2,

    /// <summary>Enabling.</summary>
    Enable = 3,

    /// <summary>Disabling.</summary>
    Disable = 4,

    /// <summary>Deleting.</summary>
    Delete = 5,

    /// <summary>Other policies.</summary>
    SetPolicy = 6,
}
