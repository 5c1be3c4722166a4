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
        if (string.IsNullOrWhiteSpace(Note))
        {
            problems.Add(new Problem("note", "required", "A pause needs a note that says why"));
        }
        else if (Note.Trim().Length > Pause.MaxNote)
        {
            problems.Add(new Problem("note", "too-long", $"The note is too long (max {Pause.MaxNote} characters)"));
        }
        else if (Note.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(new Problem("note", "not-text", "The note is not valid text"));
        }

        if (Until <= now)
        {
            problems.Add(new Problem("until", "past", "The pause must end after now"));
        }

        return problems;
    }
}
