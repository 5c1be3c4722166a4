using Escapement.Audit;

namespace Escapement.Bulk;

/// <summary>A change of many schedules of a tenant, and how far it is. Immutable: a step makes another record.</summary>
internal sealed record BulkChange
{
    /// <summary>How many schedules one may be about.</summary>
    public const int Most = 10_000;

    /// <summary>How many schedules a preview looks at, page by page, also where few of them are to change.</summary>
    public const int MostLookedAt = 100_000;

    /// <summary>How many schedules a preview shows one by one: of those that would change, and of those that would not.</summary>
    public const int MostShown = 100;

    /// <summary>How many schedules one step changes, in one transaction: so few that nothing waits for it for long.</summary>
    public const int PerStep = 50;

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose schedules.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>What is done.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>The change that it takes back; null for one that takes none back.</summary>
    public Guid? Undoes { get; init; }

    /// <summary>Who asked.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Whether that was an operator.</summary>
    public bool ByOperator { get; init; }

    /// <summary>How far it is.</summary>
    public BulkState State { get; init; }

    /// <summary>How many schedules it is about.</summary>
    public required int Total { get; init; }

    /// <summary>How many were changed.</summary>
    public int Done { get; init; }

    /// <summary>How many were left out, for whatever reason.</summary>
    public int LeftOut { get; init; }

    /// <summary>How many of its parts are through: the next step's.</summary>
    public int Parts { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null as long as it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>This after its next part.</summary>
    /// <param name="fates">What became of each of the part's schedules.</param>
    /// <param name="now">The instant.</param>
    public BulkChange After(IReadOnlyCollection<BulkFate> fates, DateTimeOffset now)
    {
        var done = fates.Count(f => f == BulkFate.Done);
        var after = this with { Done = Done + done, LeftOut = LeftOut + fates.Count - done, Parts = Parts + 1 };
        return after.Done + after.LeftOut < after.Total ? after : after with { State = BulkState.Done, EndedAt = now };
    }
}

/// <summary>How far a change of many schedules is.</summary>
internal enum BulkState
{
    /// <summary>It goes on.</summary>
    Running = 0,

    /// <summary>Each schedule was looked at.</summary>
    Done = 1,

    /// <summary>Somebody ended it; what was done by then stays.</summary>
    Cancelled = 2,
}
