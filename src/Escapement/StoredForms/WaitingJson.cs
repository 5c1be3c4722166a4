using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>What waits of a schedule, as it is kept: null for nothing, instants as milliseconds.</summary>
internal static partial class WaitingJson
{
    public static string? Write(Waiting? waiting) => waiting?.OrNull is null ? null : JsonSerializer.Serialize(
        new StoredWaiting(
            waiting.Due?.ToUnixTimeMilliseconds(),
            waiting.CatchUp.Count == 0
                ? null
                : [.. waiting.CatchUp.Select(r => new[] { r.From.ToUnixTimeMilliseconds(), r.To.ToUnixTimeMilliseconds(), r.Count })],
            waiting.CatchUpRun?.Value,
            waiting.Backfill is { } backfill ? Write(backfill) : null),
        WaitingContext.Default.StoredWaiting);

    public static Waiting? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var form = JsonSerializer.Deserialize(json, WaitingContext.Default.StoredWaiting)!;
        return new Waiting
        {
            Due = form.Due is { } due ? Time(due) : null,
            CatchUp = [.. (form.CatchUp ?? []).Select(r => new OccurrenceRange(Time(r[0]), Time(r[1]), (int)r[2]))],
            CatchUpRun = form.CatchUpRun is { } run ? new RunId(run) : null,
            Backfill = form.Backfill is { } backfill ? Read(backfill) : null,
        };
    }

    private static StoredBackfill Write(Backfill backfill) => new()
    {
        Id = backfill.Id,
        From = backfill.From.ToUnixTimeMilliseconds(),
        To = backfill.To.ToUnixTimeMilliseconds(),
        Of = (int)backfill.Of,
        Note = backfill.Note,
        By = backfill.By,
        Since = backfill.Since.ToUnixTimeMilliseconds(),
        Total = backfill.Total,
        Left = [.. backfill.Left.Select(o => o.At.ToUnixTimeMilliseconds())],
        Repeats = backfill.Left.Any(o => o.Repeats is not null) ? [.. backfill.Left.Select(o => o.Repeats?.Value)] : null,
        Paused = backfill.IsPaused ? true : null,
        LatestDueAt = backfill.LatestDueAt?.ToUnixTimeMilliseconds(),
    };

    private static Backfill Read(StoredBackfill form) => new()
    {
        Id = form.Id,
        From = Time(form.From),
        To = Time(form.To),
        Of = (BackfillOf)form.Of,
        Note = form.Note,
        By = form.By,
        Since = Time(form.Since),
        Total = form.Total,
        Left = [.. form.Left.Select((at, i) => new BackfilledOccurrence(Time(at), form.Repeats?[i] is { } run ? new RunId(run) : null))],
        IsPaused = form.Paused == true,
        LatestDueAt = form.LatestDueAt is { } latest ? Time(latest) : null,
    };

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Ranges are first, last, count.</summary>
    internal sealed record StoredWaiting(long? Due, long[][]? CatchUp, Guid? CatchUpRun, StoredBackfill? Backfill = null);

    /// <summary>What is left, and beside it the runs that are repeated; null where none is.</summary>
    internal sealed record StoredBackfill
    {
        public required Guid Id { get; init; }

        public required long From { get; init; }

        public required long To { get; init; }

        public required int Of { get; init; }

        public string? Note { get; init; }

        public required string By { get; init; }

        public required long Since { get; init; }

        public required int Total { get; init; }

        public required long[] Left { get; init; }

        public Guid?[]? Repeats { get; init; }

        public bool? Paused { get; init; }

        public long? LatestDueAt { get; init; }
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredWaiting))]
    private sealed partial class WaitingContext : JsonSerializerContext;
}
