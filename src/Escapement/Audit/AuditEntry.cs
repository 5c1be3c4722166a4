namespace Escapement.Audit;

/// <summary>Who did what to which install, when, and how it ended. Refused operations leave one too.</summary>
public sealed record AuditEntry
{
    /// <summary>Its id; entries sort by it.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The tenant; null for what concerns the registry or the node.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The install; null when none is concerned.</summary>
    public InstallId? Install { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What, as <c>noun.verb</c>: <c>schedule.create</c>, <c>install.disable</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of the thing that was acted on, when there is one.</summary>
    public string? Target { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>Why it was refused, or what changed, as short text; never a payload or a secret.</summary>
    public string? Detail { get; init; }
}

/// <summary>How an audited operation ended.</summary>
public enum AuditOutcome
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Refused: bad input, quota, rate limit, not found.</summary>
    Refused = 1,

    /// <summary>Denied: no permission.</summary>
    Denied = 2,
}

/// <summary>Who acts.</summary>
/// <param name="Kind">What sort of actor.</param>
/// <param name="Id">The extension's id, the token's name; empty for the host itself.</param>
public sealed record Actor(ActorKind Kind, string Id)
{
    /// <summary>The host acting by its own rules.</summary>
    public static Actor Host { get; } = new(ActorKind.Host, "");
}

/// <summary>What sort of actor.</summary>
public enum ActorKind
{
    /// <summary>The host itself.</summary>
    Host = 0,

    /// <summary>Guest code through the host API.</summary>
    Extension = 1,

    /// <summary>A person or script through the HTTP API.</summary>
    Admin = 2,
}
