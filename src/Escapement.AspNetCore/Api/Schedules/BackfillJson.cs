using Escapement.Backfilling;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>A backfill and how far it is.</summary>
internal sealed record BackfillJson
{
    public required string Id { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary><c>missing</c>, <c>failed</c> or <c>all</c>.</summary>
    public required string Which { get; init; }

    /// <summary>How many occurrences it began with.</summary>
    public required int Total { get; init; }

    /// <summary>How many have not been opened yet.</summary>
    public required int Left { get; init; }

    /// <summary>The occurrence that is opened next; absent when the last one was opened.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Whether it waits until somebody has it go on.</summary>
    public required bool Paused { get; init; }

    public string? Note { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Occurrences that were shown and are not in it, because they ran, or are to run, meanwhile; only when it begins.</summary>
    public IReadOnlyList<DateTimeOffset>? LeftOut { get; init; }

    public static BackfillJson Of(Backfill b) => new()
    {
        Id = b.Id.ToString(),
        From = b.From,
        To = b.To,
        Which = BackfillWords.Of(b.Of),
        Total = b.Total,
        Left = b.Left.Count,
        Next = b.Left.Count > 0 ? b.Left[0].At : null,
        Paused = b.IsPaused,
        Note = b.Note,
        By = b.By,
        Since = b.Since,
    };
}

/// <summary>A schedule's backfill.</summary>
/// <param name="Backfill">Absent when there is none.</param>
/// <param name="Last">What became of the latest by its runs, as long as those are kept; absent while none of it has run.</param>
internal sealed record CurrentBackfillJson(BackfillJson? Backfill, BackfillSummaryJson? Last);

/// <summary>What became of a backfill.</summary>
internal sealed record BackfillSummaryJson
{
    public required string Id { get; init; }

    /// <summary>Whether it has ended.</summary>
    public required bool Ended { get; init; }

    /// <summary>How many occurrences it began with.</summary>
    public required int Total { get; init; }

    public required int Succeeded { get; init; }

    /// <summary>Those too that were given up.</summary>
    public required int Failed { get; init; }

    /// <summary>Runs that wait or are under way.</summary>
    public required int Open { get; init; }

    /// <summary>Occurrences without a run: to come while it goes on, left out once it has ended.</summary>
    public required int Left { get; init; }

    public string? Note { get; init; }

    public required string By { get; init; }

    /// <summary>When its first run was opened.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When its last run so far ended; absent while none has.</summary>
    public DateTimeOffset? LastEndedAt { get; init; }

    public static BackfillSummaryJson Of(BackfillSummary s, Backfill? current) => new()
    {
        Id = s.Id.ToString(),
        Ended = s.Id != current?.Id && s.Open == 0,
        Total = s.Total,
        Succeeded = s.Succeeded,
        Failed = s.Failed,
        Open = s.Open,
        Left = s.Left,
        Note = s.Note,
        By = s.By,
        BeganAt = s.BeganAt,
        LastEndedAt = s.LastEndedAt,
    };
}

/// <summary>What a backfill would run.</summary>
/// <param name="Occurrences">The oldest first.</param>
/// <param name="Preview">By what it is begun.</param>
internal sealed record BackfillPreviewJson(IReadOnlyList<BackfilledOccurrenceJson> Occurrences, PreviewJson Preview);

/// <summary>An occurrence that a backfill would run.</summary>
/// <param name="At">The occurrence.</param>
/// <param name="Repeats">The run of it that there was; absent if none ever started.</param>
internal sealed record BackfilledOccurrenceJson(DateTimeOffset At, string? Repeats)
{
    public static BackfilledOccurrenceJson Of(BackfilledOccurrence o) => new(o.At, o.Repeats?.ToString());
}

/// <summary>A range of the past to look at.</summary>
/// <param name="From">From when on.</param>
/// <param name="To">Up to when, included; absent for now.</param>
/// <param name="Which">
/// <c>missing</c>: what never started and was not made up for since; <c>failed</c>: that, and what has only runs that failed or were given up;
/// <c>all</c>. Absent for <c>missing</c>.
/// </param>
internal sealed record BackfillPreviewRequest(DateTimeOffset? From = null, DateTimeOffset? To = null, string? Which = null)
{
    /// <summary>The range, or what is wrong with the words.</summary>
    public Result<BackfillRange> ToRange(DateTimeOffset now)
    {
        if (From is not { } from)
        {
            return new Result<BackfillRange>([new Problem("from", "required", "A backfill needs the instant from which on it fills in")]);
        }

        return BackfillWords.TryRead(Which, out var of)
            ? new Result<BackfillRange>(new BackfillRange(from.ToUniversalTime(), To?.ToUniversalTime() ?? now, of))
            : new Result<BackfillRange>([new Problem("which", "unknown", "which must be missing, failed or all")]);
    }
}

/// <summary>A backfill to begin.</summary>
/// <param name="PreviewToken">Of the preview that showed it.</param>
/// <param name="Note">Why: at most 512 characters.</param>
internal sealed record BackfillRequest(string? PreviewToken = null, string? Note = null);

/// <summary>What a backfill's preview keeps.</summary>
internal sealed record ShownBackfill(DateTimeOffset From, DateTimeOffset To, BackfillOf Of, IReadOnlyList<DateTimeOffset> Occurrences)
{
    public BackfillRange Range => new(From, To, Of);
}

/// <summary>Which occurrences a backfill runs, as the API spells it.</summary>
internal static class BackfillWords
{
    public static string Of(BackfillOf of) => of switch
    {
        BackfillOf.Missing => "missing",
        BackfillOf.Failed => "failed",
        BackfillOf.All => "all",
        _ => throw new ArgumentOutOfRangeException(nameof(of)),
    };

    public static bool TryRead(string? word, out BackfillOf of)
    {
        (of, var known) = word switch
        {
            null or "missing" => (BackfillOf.Missing, true),
            "failed" => (BackfillOf.Failed, true),
            "all" => (BackfillOf.All, true),
            _ => (default, false),
        };
        return known;
    }
}
