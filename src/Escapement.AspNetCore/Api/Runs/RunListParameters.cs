using Escapement.Runs;
using Microsoft.AspNetCore.Mvc;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>What a list of runs takes, a schedule's or a tenant's.</summary>
internal sealed record RunListParameters
{
    public const string Description =
        "Newest first by due time. Filters: state, reason, trigger (each one or several with commas between them), versionId, installId, scheduleId, and "
        + "from and to, of the due time. Also of what was uninstalled or deleted. A page may be short and have a nextCursor all the same. A row that "
        + "stands for several occurrences stands under one of them, the first or, as what a pause kept back, the last: with reaching=true the answer is "
        + "instead of those that stand under one outside from and to while others were due in it.";

    public const string DescriptionOfAll =
        "What ended and what never started, the latest written first. Filters: state, reason, trigger (each one or several with commas between them), "
        + "versionId, and from and to, of when it was written. A page may be short and have a nextCursor all the same.";

    private static readonly Dictionary<string, RunState> States =
        Enum.GetValues<RunState>().ToDictionary(RunStateWords.Of, StringComparer.Ordinal);

    private static readonly Dictionary<string, RunState> Ended = States.Where(s => s.Value >= RunState.Succeeded).ToDictionary(StringComparer.Ordinal);

    private static readonly Dictionary<string, RunReason> Reasons =
        Enum.GetValues<RunReason>().Where(r => r != RunReason.None).ToDictionary(r => RunExplanation.Word(r)!, StringComparer.Ordinal);

    private static readonly Dictionary<string, RunTrigger> Triggers =
        Enum.GetValues<RunTrigger>().ToDictionary(t => t.Word(), StringComparer.Ordinal);

    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    [FromQuery(Name = "trigger")]
    public string? Trigger { get; init; }

    [FromQuery(Name = "versionId")]
    public string? VersionId { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>Reads all of it.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    /// <param name="tenant">Whose runs; null for those of all tenants that have ended.</param>
    /// <param name="install">Of which install; null for all.</param>
    /// <param name="schedule">Of which schedule; null for all.</param>
    public RunQuery Read(ListQuery query, TenantId? tenant, InstallId? install, ScheduleId? schedule)
    {
        var states = query.Words("state", State, tenant is null ? Ended : States);
        var reasons = query.Words("reason", Reason, Reasons);
        var triggers = query.Words("trigger", Trigger, Triggers);
        var version = query.Id("versionId", VersionId, "a version's id");
        var (from, to) = (query.Instant("from", From), query.Instant("to", To));
        var before = query.Cursor(Cursor) is { } last ? new RunCursor(last.At, new RunId(last.Id)) : null;
        return new RunQuery(tenant, install, schedule, before, query.Limit(Limit))
        {
            States = states,
            Reasons = reasons,
            Triggers = triggers,
            Version = version is { } id ? new VersionId(id) : null,
            From = from,
            To = to,
        };
    }
}

/// <summary>Which rows of a time that is cut out of the ledger.</summary>
internal sealed record RunReachParameters
{
    [FromQuery(Name = "reaching")]
    public string? Reaching { get; init; }

    // As many as schedules may have such rows, which are small.
    private const int MostLookedAt = 20_000;

    /// <summary>Narrows what is asked for.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    /// <param name="wanted">What else is asked for.</param>
    public RunQuery Read(ListQuery query, RunQuery wanted) => query.Flag("reaching", Reaching) is not true ? wanted
        : wanted is { From: { } from, To: { } to } && from < to ? wanted with { IsOfReaching = true, MostLookedAt = MostLookedAt }
        : query.Refuse<RunQuery>("reaching", "reaching needs the time that is reached into: give from, and a later to") ?? wanted;
}

/// <summary>Of what a tenant's runs may be listed.</summary>
internal sealed record RunPlaceParameters
{
    [FromQuery(Name = "installId")]
    public string? InstallId { get; init; }

    [FromQuery(Name = "scheduleId")]
    public string? ScheduleId { get; init; }

    /// <summary>Reads all of it.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    public (InstallId? Install, ScheduleId? Schedule) Read(ListQuery query) => (
        query.Id("installId", InstallId, "an install's id") is { } install ? new InstallId(install) : null,
        query.Id("scheduleId", ScheduleId, "a schedule's id") is { } schedule ? new ScheduleId(schedule) : null);
}
