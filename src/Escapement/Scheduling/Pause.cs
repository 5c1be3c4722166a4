namespace Escapement.Scheduling;

/// <summary>
/// Why schedules fire nothing though they are enabled: enabling is the extension's, pausing is not. Pauses lie in layers, one at a time in each,
/// and a schedule fires when no layer holds it. What comes due meanwhile does not start; when the last pause over it ends, or an edit makes
/// the pause pointless, it becomes one row of the ledger.
/// </summary>
public sealed record Pause
{
    /// <summary>The longest note, in characters.</summary>
    public const int MaxNote = 512;

    /// <summary>How far ahead the planned end of a pause may lie, in years: whoever means longer pauses without an end.</summary>
    internal const int MaxYears = 5;

    /// <summary>Its id; of one that follows from failures, the id of the last run that failed.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it holds.</summary>
    public required PauseLayer Layer { get; init; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself; null for one that somebody has to end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What its end does with the occurrences that it kept from starting.</summary>
    public PauseEnd OnEnd { get; init; }

    /// <summary>What brought it about.</summary>
    public required PauseCause Cause { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Note { get; init; }

    /// <summary>Who paused.</summary>
    public required string By { get; init; }

    /// <summary>Whether that was an operator, so that operators alone end it.</summary>
    public bool ByOperator { get; init; }

    /// <summary>When somebody ended it; what it held is let go by claims, which may take a while.</summary>
    internal DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// When somebody was shown what its end would do, and had it end so: of what it kept from starting, only what had come due by then can still run. Null
    /// for all that it kept.
    /// </summary>
    internal DateTimeOffset? ShownAt { get; init; }

    /// <summary>When it ends, or ended; null as long as nobody knows.</summary>
    internal DateTimeOffset? EndsAt => EndedAt ?? Until;

    /// <summary>What is wrong with a note, of a pause or of something like it; null when nothing is.</summary>
    internal static Problem? NoteProblem(string? note, string what) => note switch
    {
        null => new Problem("note", "required", $"{what} needs a note that says why"),
        _ when note.Trim() is "" => new Problem("note", "required", $"{what} needs a note that says why"),
        _ when note.Trim().Length > MaxNote => new Problem("note", "too-long", $"The note is too long (max {MaxNote} characters)"),
        _ when PlainText.HasControls(note.Trim()) => new Problem(
            "note", "not-text", "The note must be one line without control characters, such as ends of lines, and without marks that turn its direction"),
        _ => null,
    };

    /// <summary>What is wrong with a planned end; null when nothing is, and when there is none.</summary>
    internal static Problem? UntilProblem(DateTimeOffset? until, DateTimeOffset now) => until switch
    {
        { } end when end <= now => new Problem("until", "past", "The pause must end after now"),
        { } end when end > now.AddYears(MaxYears) => new Problem(
            "until",
            "too-far",
            $"The pause must end by {Timestamps.Format(now.AddYears(MaxYears))}, {MaxYears} years ahead; leave until out for one that somebody has to end"),
        _ => null,
    };

    /// <summary>
    /// Whether it holds. Not a word of its beginning: a clock that is set back within a pause leaves it in force, and what had not started
    /// when it began does not start.
    /// </summary>
    internal bool HoldsAt(DateTimeOffset now) => EndedAt is null && !(Until <= now);
}

/// <summary>What a pause holds.</summary>
public enum PauseLayer
{
    /// <summary>All schedules of the host.</summary>
    Host = 0,

    /// <summary>A tenant's.</summary>
    Tenant = 1,

    /// <summary>An install's.</summary>
    Install = 2,

    /// <summary>One schedule.</summary>
    Schedule = 3,
}

/// <summary>What brought a pause about.</summary>
public enum PauseCause
{
    /// <summary>Somebody asked for it.</summary>
    Asked = 0,

    /// <summary>The schedule's runs failed too often in a row (<see cref="SchedulePolicy.PauseAfterFailures"/>).</summary>
    Failures = 1,

    /// <summary>The installed version has no such endpoint that can be scheduled. It ends when one has it again.</summary>
    EndpointGone = 2,
}

/// <summary>What the end of a pause does with the occurrences that it kept from starting.</summary>
public enum PauseEnd
{
    /// <summary>None runs; the schedule goes on with its next occurrence.</summary>
    Next = 0,

    /// <summary>The latest runs, if it is within the catch-up window.</summary>
    Latest = 1,

    /// <summary>All within the catch-up window run, one after the other, as many as the schedule's policy catches up at most.</summary>
    All = 2,
}
