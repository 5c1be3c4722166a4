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
            waiting.CatchUpRun?.Value),
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
        };
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Ranges are first, last, count.</summary>
    internal sealed record StoredWaiting(long? Due, long[][]? CatchUp, Guid? CatchUpRun);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredWaiting))]
    private sealed partial class WaitingContext : JsonSerializerContext;
}
