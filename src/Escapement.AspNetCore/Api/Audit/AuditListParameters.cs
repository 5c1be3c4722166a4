using Escapement.Audit;
using Microsoft.AspNetCore.Mvc;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>What a list of audit entries takes.</summary>
internal sealed record AuditListParameters
{
    public const string Description =
        "Newest first. Filters: actorKind (extension, admin, host), actor (an extension's id or a token's name), action (schedule.pause, or schedule for all "
        + "of schedules), outcome, installId, target (the id of what was acted on), changed (true: what changed fields), from and to, q (a part of any text of "
        + "an entry, of values too). Kinds, actions and outcomes: one or several with commas between them. A page may be short and have a nextCursor all the "
        + "same.";

    private static readonly Dictionary<string, ActorKind> Kinds = Enum.GetValues<ActorKind>().ToDictionary(AuditJson.Word, StringComparer.Ordinal);

    private static readonly Dictionary<string, AuditOutcome> Ends = Enum.GetValues<AuditOutcome>().ToDictionary(AuditJson.Word, StringComparer.Ordinal);

    [FromQuery(Name = "actorKind")]
    public string? ActorKind { get; init; }

    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    [FromQuery(Name = "outcome")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "installId")]
    public string? InstallId { get; init; }

    [FromQuery(Name = "target")]
    public string? Target { get; init; }

    [FromQuery(Name = "changed")]
    public string? Changed { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>Reads all of it.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    /// <param name="tenant">Whose; null for those of none.</param>
    /// <param name="ofAll">All tenants' and those of none.</param>
    public AuditQuery Read(ListQuery query, TenantId? tenant, bool ofAll) => new(tenant, query.Cursor(Cursor)?.Id, query.Limit(Limit))
    {
        OfAll = ofAll,
        ActorKinds = query.Words("actorKind", ActorKind, Kinds),
        Actor = Actor,
        Actions = query.Read("action", Action, Actions, "actions such as schedule.pause, or schedule for all of schedules, with commas between them") ?? [],
        Outcomes = query.Words("outcome", Outcome, Ends),
        Install = query.Id("installId", InstallId, "an install's id") is { } install ? new InstallId(install) : null,
        Target = Target,
        Changed = query.Flag("changed", Changed),
        From = query.Instant("from", From),
        To = query.Instant("to", To),
        Text = query.Read("q", Text, t => t.Length is > 0 and <= AuditQuery.MostText ? t : null, $"1 to {AuditQuery.MostText} characters"),
    };

    private static string[]? Actions(string text) => text.Split(',') is var all && all.All(IsAction) ? all : null;

    private static bool IsAction(string text) =>
        text.Split('.') is { Length: 1 or 2 } parts && parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterLower(c) || c == '-'));
}
