using Escapement.Why;

namespace Escapement.AspNetCore.Api.Why;

/// <summary>What the schedules of a tenant, or of all, should have run in a range and did not.</summary>
/// <param name="From">From when on.</param>
/// <param name="To">Up to when, exclusively.</param>
/// <param name="Groups">By cause, those with the most occurrences that nothing has made up for first.</param>
/// <param name="NextCursor">Give it back as <c>cursor</c> for what lies further back; absent when that is all.</param>
/// <param name="Held">How many schedules pauses hold now; 0 in an answer that goes on from another, which is of the ledger alone.</param>
/// <param name="HeldLookedAt">How many of them the groups were made of, which are 1,000 at most.</param>
/// <param name="MoreFailed">Whether more runs failed than the 250 that the groups were made of; false where nobody asked for what failed.</param>
internal sealed record NotRunJson(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<NotRunGroupJson> Groups, string? NextCursor, int Held, int HeldLookedAt, bool MoreFailed)
{
    public static NotRunJson Of(NotRun found) => new(
        found.From,
        found.To,
        [.. found.Groups.Select(NotRunGroupJson.Of)],
        found.Next is { } next ? Paging.Write(new PageCursor(next.DueAt, next.Id.Value)) : null,
        found.Held,
        found.HeldLookedAt,
        found.MoreFailed);
}

/// <summary>Occurrences that did not run, or whose runs failed, for one cause.</summary>
internal sealed record NotRunGroupJson
{
    /// <summary>What became of them: <c>paused</c>, <c>missed</c>, <c>skipped</c>, <c>abandoned</c> or <c>failed</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>How many.</summary>
    public required int Occurrences { get; init; }

    /// <summary>How many of them later runs have made up for, of the last 5,000 such runs, which several tenants share.</summary>
    public required int MadeUp { get; init; }

    /// <summary>Of how many schedules.</summary>
    public required int Schedules { get; init; }

    /// <summary>Of how many tenants.</summary>
    public required int Tenants { get; init; }

    /// <summary>Up to five of the tenants, those with the most occurrences first.</summary>
    public required IReadOnlyList<string> OfTenants { get; init; }

    /// <summary>The first of them.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>The last.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>Whether the cause lasts: a pause that holds them still.</summary>
    public required bool Open { get; init; }

    /// <summary>All of it in one sentence, in English and UTC.</summary>
    public required string Sentence { get; init; }

    /// <summary>Why, the nearest cause first.</summary>
    public required IReadOnlyList<WhyCauseJson> Causes { get; init; }

    /// <summary>What to click or type next.</summary>
    public required string Remedy { get; init; }

    /// <summary>The same by stable words, as of one schedule.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Up to five of the schedules, to be asked about one by one.</summary>
    public required IReadOnlyList<NotRunExampleJson> Examples { get; init; }

    public static NotRunGroupJson Of(NotRunGroup group) => new()
    {
        Verdict = group.Verdict.Word(),
        Occurrences = group.Occurrences,
        MadeUp = group.MadeUp,
        Schedules = group.Schedules,
        Tenants = group.Tenants,
        OfTenants = [.. group.OfTenants.Select(t => t.Value)],
        First = group.First,
        Last = group.Last,
        Open = group.IsOpen,
        Sentence = group.Sentence,
        Causes = [.. group.Causes.Select(WhyCauseJson.Of)],
        Remedy = group.Remedy.Sentence,
        Actions = group.Remedy.Actions,
        Examples =
        [
            .. group.Examples.Select(
                e => new NotRunExampleJson(e.Scope.Tenant.Value, e.Scope.Install.ToString(), e.Schedule.ToString(), e.Name, e.At)),
        ],
    };
}

/// <summary>A schedule, and one of its occurrences that did not run.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="InstallId">Its install.</param>
/// <param name="ScheduleId">Its id.</param>
/// <param name="Name">Its name, or its endpoint where it has none; absent for one that was deleted and is kept no more.</param>
/// <param name="At">The occurrence.</param>
internal sealed record NotRunExampleJson(string Tenant, string InstallId, string ScheduleId, string? Name, DateTimeOffset At);
