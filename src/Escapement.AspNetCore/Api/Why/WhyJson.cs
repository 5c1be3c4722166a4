using Escapement.AspNetCore.Api.Runs;
using Escapement.Runs;
using Escapement.Why;

namespace Escapement.AspNetCore.Api.Why;

/// <summary>What became of an instant of a schedule, or will, and why.</summary>
internal sealed record WhyJson
{
    /// <summary>The instant.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// <c>succeeded</c>, <c>failed</c>, <c>running</c>, <c>queued</c>, <c>skipped</c>, <c>missed</c>, <c>paused</c>, <c>disabled</c>,
    /// <c>abandoned</c>, <c>not-due</c>, <c>will-run</c>, <c>will-not-run</c>, <c>not-yet-created</c>, <c>deleted</c> or <c>beyond-retention</c>.
    /// </summary>
    public required string Verdict { get; init; }

    /// <summary>The answer in English and in the schedule's own zone; of an instant that was not due with that of the occurrence before.</summary>
    public required string Sentence { get; init; }

    /// <summary>Why, the nearest cause first.</summary>
    public required IReadOnlyList<WhyCauseJson> Causes { get; init; }

    /// <summary>What to click or type next, or that there is nothing to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>
    /// The same by stable words, in the order in which to do them: <c>run-now</c>, <c>rerun</c>, <c>backfill</c>, <c>see-run</c>, <c>see-failed-runs</c>,
    /// <c>see-nodes</c>, <c>enable-schedule</c>, <c>enable-install</c>, <c>restore-schedule</c>, <c>restore-install</c>, <c>take-skip-back</c>,
    /// <c>let-one-wait</c>, <c>resume-backfill</c>, <c>resume-schedule</c>, <c>resume-install</c>, <c>resume-tenant</c>, <c>resume-host</c>.
    /// </summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The occurrence before; absent when none is known.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The occurrence after; absent when there is none.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>The row of the ledger that has the instant; absent when there is none, as of what pauses hold still.</summary>
    public WhyLedgerJson? Ledger { get; init; }

    public static WhyJson Of(WhyAnswer answer) => new()
    {
        At = answer.At,
        Verdict = answer.Verdict.Word(),
        Sentence = answer.Sentence,
        Causes = [.. answer.Causes.Select(WhyCauseJson.Of)],
        Remedy = answer.Remedy.Sentence,
        Actions = answer.Remedy.Actions,
        Before = answer.Before,
        After = answer.After,
        Ledger = answer.Row is { } row ? WhyLedgerJson.Of(row) : null,
    };
}

/// <summary>What the ledger has of an instant, in its own words: one row may stand for many occurrences that did not run.</summary>
/// <param name="State">The row's state, as runs have it.</param>
/// <param name="Reason">Its reason; absent for none.</param>
/// <param name="From">The first occurrence that it stands for.</param>
/// <param name="To">The last.</param>
/// <param name="Occurrences">How many.</param>
internal sealed record WhyLedgerJson(string State, string? Reason, DateTimeOffset From, DateTimeOffset To, int Occurrences)
{
    public static WhyLedgerJson Of(Run row) => new(
        RunStateWords.Of(row.State), RunExplanation.Word(row.Reason), row.MissedFrom ?? row.DueAt, row.MissedTo ?? row.DueAt, row.MissedCount ?? 1);
}

/// <summary>One cause.</summary>
internal sealed record WhyCauseJson
{
    /// <summary>A stable word: a reason of the ledger, such as <c>time-out</c>, or another kind, such as <c>pause</c>, <c>edit</c> or <c>outage</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What the sentence is made of, for other languages.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The cause in a sentence.</summary>
    public required string What { get; init; }

    /// <summary>When it came about.</summary>
    public DateTimeOffset? When { get; init; }

    /// <summary>Who brought it about.</summary>
    public string? Who { get; init; }

    /// <summary>What they said, or what went wrong.</summary>
    public string? Note { get; init; }

    /// <summary>A thing that it is about.</summary>
    public WhyRefJson? Ref { get; init; }

    public static WhyCauseJson Of(WhyCause cause) => new()
    {
        Code = cause.Code,
        Parameters = cause.Parameters,
        What = cause.What,
        When = cause.When,
        Who = cause.Who,
        Note = cause.Note,
        Ref = cause.Ref is { } thing ? new WhyRefJson(thing.Kind, thing.Id) : null,
    };
}

/// <summary>A thing that can be looked at.</summary>
/// <param name="Kind"><c>run</c> or <c>node</c>.</param>
/// <param name="Id">A run's id, a node's name.</param>
internal sealed record WhyRefJson(string Kind, string Id);
