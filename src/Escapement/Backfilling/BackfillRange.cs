using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Backfilling;

/// <summary>A range of the past, and which of its occurrences are to run.</summary>
/// <param name="From">From when on.</param>
/// <param name="To">Up to when, included.</param>
/// <param name="Of">Which.</param>
internal sealed record BackfillRange(DateTimeOffset From, DateTimeOffset To, BackfillOf Of)
{
    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="now">The past ends here.</param>
    /// <param name="horizon">How far back the ledger reaches; null for as far as there is anything.</param>
    public Problem? FindProblem(DateTimeOffset now, DateTimeOffset? horizon) => this switch
    {
        _ when To > now => new Problem("to", "not-past", "A backfill fills in the past: to must not lie ahead"),
        _ when From > To => new Problem("from", "reversed", "from must not be later than to"),
        _ when From < horizon => new Problem(
            "from",
            "beyond-horizon",
            $"The ledger is kept back to {Timestamps.Format(horizon.Value)}; what should have run before that is not known any more"),
        _ => null,
    };
}

/// <summary>What a backfill is decided by.</summary>
/// <param name="Schedule">The schedule as it is.</param>
/// <param name="Definitions">By which it was due in the range, at some time; of very many the first.</param>
/// <param name="Runs">Its runs that started, or wait to, of occurrences in the range.</param>
internal sealed record BackfillGround(Schedule Schedule, IReadOnlyList<ScheduleDefinition> Definitions, IReadOnlyList<OccurrenceRun> Runs)
{
    /// <summary>Whether its install is enabled; looked at where it is changed.</summary>
    public bool InstallEnabled { get; init; }

    /// <summary>The due time of the latest run of any backfill of it; null when there was none. Looked at where it is changed.</summary>
    public DateTimeOffset? LatestDueAt { get; init; }

    /// <summary>How many definitions are looked at.</summary>
    public const int MostDefinitions = 10_000;
}
