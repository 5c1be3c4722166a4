using Escapement.AspNetCore.Api.Pauses;
using Escapement.AspNetCore.Api.Schedules;
using Escapement.Bulk;
using Escapement.Listing;
using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Bulk;

/// <summary>What is to be done to many schedules; which, the query says as lists have it.</summary>
/// <param name="Action"><c>pause</c>, <c>resume</c>, <c>enable</c>, <c>disable</c>, <c>delete</c> or <c>set-policy</c>.</param>
/// <param name="Note">Why: 1 to 512 characters; a pause needs it.</param>
/// <param name="Until">Of a pause: when it ends by itself; absent for when somebody resumes.</param>
/// <param name="OnEnd">Of a pause and of a resume: what becomes of what the pause kept from starting: <c>next</c>, <c>latest</c> or <c>all</c>.</param>
/// <param name="Policy">Of <c>set-policy</c>: what of policies changes; absent fields stay.</param>
/// <param name="Ids">Only of these schedules, 1 to 1,000, as far as the query finds them; absent for all that it finds.</param>
internal sealed record BulkRequest(
    string? Action = null,
    string? Note = null,
    DateTimeOffset? Until = null,
    string? OnEnd = null,
    SchedulePolicyJson? Policy = null,
    IReadOnlyList<string>? Ids = null)
{
    private const int MostIds = 1_000;

    /// <summary>Which schedules it names, or what is wrong with them; null for none by name.</summary>
    public Result<IReadOnlyCollection<ScheduleId>?> ToIds()
    {
        if (Ids is null)
        {
            return new(value: null);
        }

        var known = new HashSet<ScheduleId>();
        foreach (var text in Ids)
        {
            if (!ScheduleId.TryParse(text, out var id))
            {
                return new([new Problem("ids", "invalid", "ids must be ids of schedules")]);
            }

            known.Add(id);
        }

        return known.Count is 0 or > MostIds
            ? new([new Problem("ids", "out-of-range", "ids must be 1 to 1,000 ids; leave it away for all that the query finds")])
            : new(known);
    }

    /// <summary>Reads it, or says which words nobody knows.</summary>
    public Result<BulkAction> ToAction()
    {
        var problems = new List<Problem>();
        if (BulkWords.Kind(Action) is not { } kind)
        {
            problems.Add(new Problem("action", "unknown", "action must be pause, resume, enable, disable, delete or set-policy"));
            kind = default;
        }

        if (!PauseWords.TryRead(OnEnd, out var onEnd))
        {
            problems.Add(new Problem("onEnd", "unknown", "onEnd must be next, latest or all"));
        }

        return problems.Count > 0 ? new(problems) : new(new BulkAction
        {
            Kind = kind,
            Note = Note?.Trim(),
            Until = Until?.ToUniversalTime(),
            OnEnd = onEnd,
            Policy = Policy?.ToInput(),
        });
    }
}

/// <summary>What is to be begun.</summary>
/// <param name="PreviewToken">Of the preview that showed it.</param>
internal sealed record BulkCommit(string? PreviewToken = null);

/// <summary>What a change of many would do.</summary>
internal sealed record BulkPreviewJson
{
    /// <summary>Give it back as <c>previewToken</c>, once; nobody else can.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many schedules it is about.</summary>
    public required int Schedules { get; init; }

    /// <summary>How many of them it would change.</summary>
    public required int Changes { get; init; }

    /// <summary>Of a resume: how many occurrences that came due meanwhile would run; absent for all else.</summary>
    public long? Runs { get; init; }

    /// <summary>Of a resume: how many of those would not run; absent for all else.</summary>
    public long? Skipped { get; init; }

    /// <summary>The first hundred that it would change, in the order in which they were made.</summary>
    public required IReadOnlyList<BulkScheduleJson> First { get; init; }

    /// <summary>The first hundred that it would leave out, and why.</summary>
    public required IReadOnlyList<LeftOutJson> LeftOut { get; init; }
}

/// <summary>A schedule that a change of many is about.</summary>
internal sealed record BulkScheduleJson(string Id, string InstallId, string? Name, string Endpoint)
{
    public static BulkScheduleJson Of(Schedule s) => new(s.Id.ToString(), s.Scope.Install.ToString(), s.Name, s.Endpoint.ToString());
}

/// <summary>A schedule that is left out.</summary>
/// <param name="ScheduleId">The schedule.</param>
/// <param name="Why">
/// <c>changed</c>: since it was shown, or since the change that is taken back; <c>gone</c>; <c>already-so</c>; <c>operators-pause</c>; <c>refused</c>: a
/// name is taken, an endpoint is gone, or the host does not know its time zone.
/// </param>
/// <param name="Schedule">The schedule; absent when it is gone.</param>
internal sealed record LeftOutJson(string ScheduleId, string Why, BulkScheduleJson? Schedule)
{
    public static async ValueTask<IReadOnlyList<LeftOutJson>> OfAsync(
        IScheduleListStore schedules, TenantId tenant, IReadOnlyList<(ScheduleId Schedule, BulkFate Fate)> leftOut, CancellationToken cancellationToken)
    {
        var there = await schedules.FindAsync(tenant, [.. leftOut.Select(l => l.Schedule)], cancellationToken);
        var found = there.ToDictionary(l => l.Schedule.Id, l => BulkScheduleJson.Of(l.Schedule));
        return [.. leftOut.Select(l => new LeftOutJson(
            l.Schedule.ToString(), BulkWords.Of(l.Fate), found.GetValueOrDefault(l.Schedule)))];
    }
}

/// <summary>A change of many schedules, and how far it is.</summary>
internal sealed record BulkJson
{
    public required string Id { get; init; }

    /// <summary><c>pause</c>, <c>resume</c>, <c>enable</c>, <c>disable</c>, <c>delete</c>, <c>set-policy</c> or <c>undo</c>.</summary>
    public required string Action { get; init; }

    /// <summary><c>running</c>, <c>done</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    public string? Note { get; init; }

    public required string By { get; init; }

    /// <summary>The change that it takes back.</summary>
    public string? Undoes { get; init; }

    /// <summary>How many schedules it is about.</summary>
    public required int Total { get; init; }

    /// <summary>How many it has changed.</summary>
    public required int Done { get; init; }

    /// <summary>How many it has left out.</summary>
    public required int LeftOut { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Absent as long as it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public static BulkJson Of(BulkChange change) => new()
    {
        Id = change.Id.ToString(),
        Action = BulkWords.Of(change.Action.Kind),
        State = change.State switch { BulkState.Done => "done", BulkState.Cancelled => "cancelled", _ => "running" },
        Note = change.Action.Note,
        By = change.Actor.Id,
        Undoes = change.Undoes?.ToString(),
        Total = change.Total,
        Done = change.Done,
        LeftOut = change.LeftOut,
        CreatedAt = change.CreatedAt,
        EndedAt = change.EndedAt,
    };
}

/// <summary>What the undo of a change of many would do.</summary>
/// <param name="Token">Give it back as <c>previewToken</c>, once; nobody else can.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="Schedules">How many the change changed.</param>
/// <param name="Changes">How many of them it would take back.</param>
/// <param name="First">The first hundred that it would take back, without those that were deleted.</param>
/// <param name="LeftOut">The first hundred that it would leave out, and why: those that are not as the change left them, and what an operator paused.</param>
internal sealed record BulkUndoPreviewJson(
    string Token,
    DateTimeOffset ExpiresAt,
    int Schedules,
    int Changes,
    IReadOnlyList<BulkScheduleJson> First,
    IReadOnlyList<LeftOutJson> LeftOut);

/// <summary>What a preview of such an undo keeps.</summary>
/// <param name="At">As of when it was shown.</param>
internal sealed record ShownBulkUndo(DateTimeOffset At);
