using Escapement.Runs;

namespace Escapement.Why;

/// <summary>What became of an instant of a schedule, or will, and why.</summary>
/// <param name="At">The instant.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Sentence">The same with its causes in one complete sentence, in the schedule's own zone.</param>
/// <param name="Causes">Why, the nearest first.</param>
/// <param name="Remedy">What to do next.</param>
/// <param name="Before">The occurrence before; null when there was none.</param>
/// <param name="After">The occurrence after; null when there is none.</param>
internal sealed record WhyAnswer(
    DateTimeOffset At, WhyVerdict Verdict, string Sentence, IReadOnlyList<WhyCause> Causes, WhyRemedy Remedy, DateTimeOffset? Before, DateTimeOffset? After)
{
    /// <summary>The row that the ledger has of the instant; null where it has none.</summary>
    public Run? Row { get; init; }
}

/// <summary>One cause, as it is told.</summary>
/// <param name="Code">A stable word for what kind it is.</param>
/// <param name="What">The cause in a sentence.</param>
internal sealed record WhyCause(string Code, string What)
{
    /// <summary>What the sentence is made of, for other languages.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>When it came about.</summary>
    public DateTimeOffset? When { get; init; }

    /// <summary>Who brought it about.</summary>
    public string? Who { get; init; }

    /// <summary>What they said.</summary>
    public string? Note { get; init; }

    /// <summary>The thing that it is about, where that can be looked at.</summary>
    public WhyRef? Ref { get; init; }
}

/// <summary>A thing that can be looked at.</summary>
/// <param name="Kind"><c>run</c> or <c>node</c>.</param>
/// <param name="Id">Its id; of a node, its name.</param>
internal sealed record WhyRef(string Kind, string Id);
