using Escapement.AspNetCore.Api.Pauses;
using Escapement.AspNetCore.Api.Schedules;
using Escapement.Bulk;
using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Bulk;

/// <summary>What is to be done to many schedules; which, the query says as lists have it.</summary>
/// <param name="Action"><c>pause</c>, <c>resume</c>, <c>enable</c>, <c>disable</c>, <c>delete</c> or <c>set-policy</c>.</param>
/// <param name="Note">Why: 1 to 512 characters; a pause needs it.</param>
/// <param name="Until">Of a pause: when it ends by itself; absent for when somebody resumes.</param>
/// <param name="OnEnd">Of a pause and of a resume: what becomes of what the pause kept from starting: <c>next</c>, <c>latest</c> or <c>all</c>.</param>
/// <param name="Policy">Of <c>set-policy</c>: what of policies changes; absent fields stay.</param>
internal sealed record BulkRequest(
    string? Action = null, string? Note = null, DateTimeOffset? Until = null, string? OnEnd = null, SchedulePolicyJson? Policy = null)
{
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
internal sealed record LeftOutJson(string ScheduleId, string Why);

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
/// <param name="Schedules">How many the change changed. Those that are not as it left them are left out and listed.</param>
internal sealed record BulkUndoPreviewJson(string Token, DateTimeOffset ExpiresAt, int Schedules);

/// <summary>What a preview of such an undo keeps.</summary>
/// <param name="At">As of when it was shown.</param>
internal sealed record ShownBulkUndo(DateTimeOffset At);
