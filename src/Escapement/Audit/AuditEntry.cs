namespace Escapement.Audit;

/// <summary>Who did what to which install, when, and how it ended. Refused operations leave one too.</summary>
internal sealed record AuditEntry
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

    /// <summary>Why it was refused, or what changed, as short text; never a payload or a secret: payloads are among <see cref="Changes"/>.</summary>
    public string? Detail { get; init; }

    /// <summary>How many refusals or reads of one kind it stands for; 1 for all else.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The fields that it changed; none for what is no change, and for changes of what has no fields.</summary>
    public FieldChanges Changes { get; init; } = FieldChanges.None;

    /// <summary>The longest value that it holds itself, in bytes. Not stored.</summary>
    internal int MostInline { get; init; } = AuditValue.MostInline;

    /// <summary>How many large values of its kind of actor are kept of an install.</summary>
    internal int MostKept => IsByExtension ? AuditValue.MostKeptOfExtension : AuditValue.MostKeptOfAdmins;

    /// <summary>Whether an extension did it, by itself.</summary>
    internal bool IsByExtension => Actor.Kind == ActorKind.Extension;

    /// <summary>The large values that lie apart from it, each once.</summary>
    public IEnumerable<AuditValue> LargeValues => Install is null ? [] : Changes.Large;

    /// <summary>The entry whose change it took back; null for all else.</summary>
    public Guid? Undoes { get; init; }

    /// <summary>What kind of refusal it is, in a word of which there are few; refusals of another kind do not share its entry. Not stored.</summary>
    internal string? RefusalKind { get; init; }

    /// <summary>The one maker of entries: now, and bounded, because callers give some of the texts.</summary>
    /// <param name="time">The clock that the id and the instant are taken from.</param>
    /// <param name="scope">The tenant and install; null for what concerns the registry.</param>
    /// <param name="actor">Who.</param>
    /// <param name="action">What, as <c>noun.verb</c>.</param>
    /// <param name="target">The id of the thing that was acted on; cut at 100 characters.</param>
    /// <param name="outcome">How it ended, or is to end.</param>
    /// <param name="detail">What changed, or why not; cut at 1,000 characters.</param>
    internal static AuditEntry Of(
        TimeProvider time,
        InstallScope? scope,
        Actor actor,
        string action,
        string? target,
        AuditOutcome outcome = AuditOutcome.Done,
        string? detail = null) => new()
    {
        Id = Ids.Next(time),
        At = time.GetUtcNow(),
        Tenant = scope?.Tenant,
        Install = scope?.Install,
        Actor = actor,
        Action = action,
        Target = Bounded(target, 100),
        Outcome = outcome,
        Detail = Bounded(detail, 1_000),
    };

    /// <summary>The entry of a change that was refused after all; the same entry when there is no refusal.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="kind">In a word of which there are few.</param>
    internal AuditEntry Refused(string? refusal, string? kind = null) =>
        refusal is null ? this : this with { Outcome = AuditOutcome.Refused, Detail = Bounded(refusal, 1_000), RefusalKind = kind };

    /// <summary>The entry with what its change came to.</summary>
    internal AuditEntry Saying(string? detail) => this with { Detail = Bounded(detail, 1_000) };

    /// <summary>The entry with the fields that its change changed.</summary>
    internal AuditEntry Telling(FieldChanges changes) => changes.Count == 0 ? this
        : this with { Changes = MostInline < AuditValue.MostInline ? changes.Apart(MostInline) : changes };

    private static string? Bounded(string? text, int max) => text?.Length > max ? text[..max] : text;
}

/// <summary>How an audited operation ended.</summary>
internal enum AuditOutcome
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
/// <param name="Id">The extension's id, or the token's name.</param>
public sealed record Actor(ActorKind Kind, string Id)
{
    internal static Actor Host { get; } = new(ActorKind.Host, "escapement");
}

/// <summary>What sort of actor.</summary>
public enum ActorKind
{
    /// <summary>Guest code through the host API.</summary>
    Extension = 1,

    /// <summary>A person or script through the HTTP API.</summary>
    Admin = 2,

    /// <summary>The host itself, which nobody asked.</summary>
    Host = 3,
}
