namespace Escapement.Audit;

/// <summary>Which audit entries are wanted; null and empty for all.</summary>
/// <param name="Tenant">Whose; null for those of none.</param>
/// <param name="Before">The last entry that the page before looked at; null for the first page.</param>
/// <param name="Limit">At most this many.</param>
internal sealed record AuditQuery(TenantId? Tenant, Guid? Before, int Limit)
{
    /// <summary>The longest search, in characters.</summary>
    public const int MostText = 128;

    /// <summary>
    /// Ids go on from the later time where a clock was set back; by so much at most an entry's id and its instant differ for a range to find it.
    /// </summary>
    public static readonly TimeSpan Drift = TimeSpan.FromMinutes(1);

    /// <summary>All tenants' and those of none.</summary>
    public bool OfAll { get; init; }

    /// <summary>Of which install.</summary>
    public InstallId? Install { get; init; }

    /// <summary>What was acted on.</summary>
    public string? Target { get; init; }

    /// <summary>By what sorts of actors.</summary>
    public IReadOnlyCollection<ActorKind> ActorKinds { get; init; } = [];

    /// <summary>By whom: the extension's id, or the token's name.</summary>
    public string? Actor { get; init; }

    /// <summary>Which actions; a noun alone stands for all of its actions.</summary>
    public IReadOnlyCollection<string> Actions { get; init; } = [];

    /// <summary>How they ended.</summary>
    public IReadOnlyCollection<AuditOutcome> Outcomes { get; init; } = [];

    /// <summary>Whether they changed fields.</summary>
    public bool? Changed { get; init; }

    /// <summary>From then on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before then.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A part of any text that an entry shows, of values too, without regard to case.</summary>
    public string? Text { get; init; }

    /// <summary>How many entries are looked at for a page.</summary>
    public int MostLookedAt { get; init; } = 1_000;

    /// <summary>The index along which they lie closest together.</summary>
    public AuditWalk Walk() => new(Tenant)
    {
        OfAll = OfAll,
        Target = Target,
        Install = Install,
        NotDone = Outcomes.Count > 0 && !Outcomes.Contains(AuditOutcome.Done),
        Before = To is { } to && Ids.FirstOf(to + Drift) is var end && !(Before?.CompareTo(end) < 0) ? end : Before ?? Guid.AllBitsSet,
        Since = From is { } from && from - DateTimeOffset.UnixEpoch > Drift ? Ids.FirstOf(from - Drift) : Guid.Empty,
    };

    /// <summary>Whether an entry is wanted.</summary>
    public bool Matches(AuditEntry entry) =>
        (Install is null || entry.Install == Install)
        && (Target is null || entry.Target == Target)
        && (ActorKinds.Count == 0 || ActorKinds.Contains(entry.Actor.Kind))
        && (Actor is null || entry.Actor.Id == Actor)
        && (Actions.Count == 0 || Actions.Any(a => IsOf(entry.Action, a)))
        && (Outcomes.Count == 0 || Outcomes.Contains(entry.Outcome))
        && (Changed is not { } changed || (entry.Changes.Count > 0) == changed)
        && (From is not { } from || entry.At >= from)
        && (To is not { } to || entry.At < to)
        && (Text is null || TextsOf(entry).Any(t => t?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true));

    private static bool IsOf(string action, string wanted) =>
        action.StartsWith(wanted, StringComparison.Ordinal) && (action.Length == wanted.Length || action[wanted.Length] == '.');

    private static IEnumerable<string?> TextsOf(AuditEntry entry) =>
    [
        entry.Actor.Id, entry.Action, entry.Target, entry.Detail, entry.Tenant?.Value, entry.Install?.ToString(), entry.Id.ToString(),
        .. entry.Changes.SelectMany(c => new[] { c.Field, c.Before?.Json, c.After?.Json }),
    ];
}
