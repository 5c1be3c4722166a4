namespace Escapement.Runs;

/// <summary>Which runs.</summary>
/// <param name="Tenant">Whose; null for those of all tenants that have ended or never started, the latest written first.</param>
/// <param name="Install">Only this install's; null for all.</param>
/// <param name="Schedule">Only this schedule's; null for all.</param>
/// <param name="Before">The last row of the page before: only rows that sort after it; null for the first page.</param>
/// <param name="Limit">At most this many.</param>
internal sealed record RunQuery(TenantId? Tenant, InstallId? Install, ScheduleId? Schedule, RunCursor? Before, int Limit)
{
    /// <summary>Only those in one of these states; empty for all.</summary>
    public IReadOnlyCollection<RunState> States { get; init; } = [];

    /// <summary>Only those for one of these reasons; empty for all.</summary>
    public IReadOnlyCollection<RunReason> Reasons { get; init; } = [];

    /// <summary>Only those of one of these triggers; empty for all.</summary>
    public IReadOnlyCollection<RunTrigger> Triggers { get; init; } = [];

    /// <summary>Only those whose last attempt ran this version; null for all.</summary>
    public VersionId? Version { get; init; }

    /// <summary>Only those due, of all tenants written, from then on; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those due, of all tenants written, before then; null for all.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Only rows of a tenant that stand for several occurrences, of which some were due from <see cref="From"/> on and before <see cref="To"/>, while the
    /// row stands under one that was not.
    /// </summary>
    public bool IsOfReaching { get; init; }

    /// <summary>How many rows are looked at for a page; of all tenants fewer, because a store of many parts looks at so many of each.</summary>
    public int MostLookedAt { get; init; } = Tenant is null ? 500 : 2_000;

    /// <summary>Whether none that succeeded is among them, nor one that is open: then they are found by an index of their own.</summary>
    public bool IsOfUnsuccessful => States.Count > 0 && States.All(s => s > RunState.Succeeded);

    /// <summary>Whether only open ones of a tenant are among them: there are few, and all of them are looked at.</summary>
    public bool IsOfOpen => Tenant is not null && Schedule is null && States.Count > 0 && States.All(s => s < RunState.Succeeded);

    /// <summary>Whether what one page looks at is all that there is.</summary>
    public bool IsLookedAtWhole => IsOfOpen || IsOfReaching;

    /// <summary>The place after which runs are looked at: the page's, or the end of the range.</summary>
    public RunCursor Place => To is { } to && !IsOfReaching && !(Before?.DueAt < to) ? new RunCursor(to, new RunId(Guid.Empty)) : Before ?? End;

    // Later than any.
    private static RunCursor End { get; } = new(DateTimeOffset.MaxValue, new RunId(Guid.AllBitsSet));
}

/// <summary>A page of runs.</summary>
/// <param name="Runs">The rows.</param>
/// <param name="Next">The place after which there may be more; null when there are none.</param>
internal sealed record RunPage(IReadOnlyList<Run> Runs, RunCursor? Next)
{
    /// <summary>Makes a page of what was found, one row more than asked for, and of the last row that was looked at if not all were.</summary>
    public static RunPage Of(IReadOnlyList<Run> found, RunCursor? lookedTo, int limit) => found.Count > limit
        ? new([.. found.Take(limit)], new RunCursor(found[limit - 1].DueAt, found[limit - 1].Id))
        : new(found, lookedTo);
}

/// <summary>A place in a list of runs.</summary>
/// <param name="DueAt">The row's due time.</param>
/// <param name="Id">The row's id.</param>
internal sealed record RunCursor(DateTimeOffset DueAt, RunId Id);
