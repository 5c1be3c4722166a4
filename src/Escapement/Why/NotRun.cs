using Escapement.Runs;

namespace Escapement.Why;

/// <summary>What the schedules of a tenant, or of all, should have run in a range and did not.</summary>
/// <param name="From">From when on.</param>
/// <param name="To">Up to when, exclusively.</param>
/// <param name="Groups">By cause, those with the most occurrences that nothing has made up for first.</param>
/// <param name="Next">The place after which there is more, which lies further back; null when there is none.</param>
internal sealed record NotRun(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<NotRunGroup> Groups, RunCursor? Next)
{
    /// <summary>How many schedules pauses hold now; of an answer that goes on from another, 0.</summary>
    public int Held { get; init; }

    /// <summary>How many of them the groups were made of.</summary>
    public int HeldLookedAt { get; init; }

    /// <summary>Whether more runs failed than the groups were made of.</summary>
    public bool MoreFailed { get; init; }
}

/// <summary>Occurrences that did not run, or whose runs failed, for one cause.</summary>
/// <param name="Occurrences">How many.</param>
/// <param name="Schedules">Of how many schedules.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last.</param>
/// <param name="Sentence">All of it in one sentence, in UTC.</param>
/// <param name="Causes">Why, the nearest first.</param>
/// <param name="Remedy">What to do next.</param>
/// <param name="Examples">Some of them, to be asked about one by one.</param>
internal sealed record NotRunGroup(
    int Occurrences,
    int Schedules,
    DateTimeOffset First,
    DateTimeOffset Last,
    string Sentence,
    IReadOnlyList<WhyCause> Causes,
    WhyRemedy Remedy,
    IReadOnlyList<NotRunExample> Examples)
{
    /// <summary>How many of the occurrences later runs have made up for.</summary>
    public int MadeUp { get; init; }

    /// <summary>What became of them.</summary>
    public WhyVerdict Verdict { get; init; }

    /// <summary>Of how many tenants.</summary>
    public int Tenants { get; init; }

    /// <summary>Some of them, those with the most occurrences first.</summary>
    public IReadOnlyList<TenantId> OfTenants { get; init; } = [];

    /// <summary>Whether the cause lasts, so that more may come.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>A schedule, and one of its occurrences that did not run.</summary>
internal sealed record NotRunExample(InstallScope Scope, ScheduleId Schedule, DateTimeOffset At)
{
    /// <summary>What the schedule is called; null for one that is kept no more.</summary>
    public string? Name { get; init; }
}
