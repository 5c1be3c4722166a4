namespace Escapement.Previews;

/// <summary>What somebody was shown that a change would do, kept so that the change does exactly that.</summary>
internal sealed record Preview
{
    /// <summary>How long it can be committed.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(15);

    /// <summary>How long it is known after that, so that a late commit is told so.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromHours(1);

    /// <summary>How many are kept of a caller and tenant, the last ones: one can be about ten thousand schedules.</summary>
    public const int Most = 50;

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose things it is about; null for those of no tenant or of several.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Who was shown it, as <see cref="Access.CallerKey"/> has it.</summary>
    public required string Caller { get; init; }

    /// <summary>What is to be done, in a word: <c>upgrade</c>. One of a kind cannot be committed as another.</summary>
    public required string Kind { get; init; }

    /// <summary>What the commit must know besides, as the kind writes it.</summary>
    public required string Content { get; init; }

    /// <summary>The things that it is about, as they were when it was shown.</summary>
    public IReadOnlyList<PreviewedThing> Things { get; init; } = [];

    /// <summary>When it was shown.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was committed; null when it was not.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>From when on it cannot be committed.</summary>
    public DateTimeOffset ExpiresAt => CreatedAt + GoodFor;
}
