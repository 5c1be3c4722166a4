using Escapement.Audit;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>An audit entry.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When.</param>
/// <param name="Tenant">The tenant concerned; absent for what concerns none.</param>
/// <param name="InstallId">The install concerned.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What, as <c>noun.verb</c>.</param>
/// <param name="Target">The id of the thing acted on.</param>
/// <param name="Outcome"><c>done</c>, <c>refused</c> or <c>denied</c>.</param>
/// <param name="Detail">Why it was refused, or what changed.</param>
/// <param name="Count">How many refusals of one kind within a minute it stands for; absent for one.</param>
/// <param name="Changes">The fields that it changed; absent for what changed none.</param>
/// <param name="Undoes">The id of the entry whose change it took back; absent for all else.</param>
/// <param name="Names">What is called how today of the things that it has by their ids: schedules, installs, versions, nodes; absent for none.</param>
internal sealed record AuditJson(
    string Id,
    DateTimeOffset At,
    string? Tenant,
    string? InstallId,
    ActorJson Actor,
    string Action,
    string? Target,
    string Outcome,
    string? Detail,
    int? Count,
    IReadOnlyList<FieldChangeJson>? Changes,
    string? Undoes,
    IReadOnlyDictionary<string, string>? Names)
{
    /// <param name="e">The entry.</param>
    /// <param name="names">What things are called, by id; null where nobody asked.</param>
    public static AuditJson Of(AuditEntry e, IReadOnlyDictionary<string, string>? names = null) => new(
        e.Id.ToString(),
        e.At,
        e.Tenant?.Value,
        e.Install?.ToString(),
        new ActorJson(Word(e.Actor.Kind), e.Actor.Id),
        e.Action,
        e.Target,
        Word(e.Outcome),
        e.Detail,
        e.Count > 1 ? e.Count : null,
        e.Changes.Count == 0 ? null : [.. e.Changes.Select(FieldChangeJson.Of)],
        e.Undoes?.ToString(),
        names is null ? null : AuditNames.For(e, names));

    public static string Word(ActorKind kind) => kind.ToString().ToLowerInvariant();

    public static string Word(AuditOutcome outcome) => outcome.ToString().ToLowerInvariant();
}

/// <summary>Who acts.</summary>
/// <param name="Kind"><c>host</c>, <c>extension</c> or <c>admin</c>.</param>
/// <param name="Id">The extension's id or the token's name.</param>
internal sealed record ActorJson(string Kind, string Id);
