using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>What somebody asks for who pauses; may be wrong in every field.</summary>
public sealed record PauseInput
{
    /// <summary>Why; needed, at most <see cref="Pause.MaxNote"/> characters.</summary>
    public string? Note { get; init; }

    /// <summary>When it ends by itself; null for when somebody ends it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What its end does; null for <see cref="PauseEnd.Next"/>.</summary>
    public PauseEnd? OnEnd { get; init; }

    internal IReadOnlyList<Problem> Validate(DateTimeOffset now)
    {
        var problems = new List<Problem>();
        if (Pause.NoteProblem(Note, "A pause") is { } wrong)
        {
            problems.Add(wrong);
        }

        if (Pause.UntilProblem(Until, now) is { } wrongEnd)
        {
            problems.Add(wrongEnd);
        }

        return problems;
    }
}
