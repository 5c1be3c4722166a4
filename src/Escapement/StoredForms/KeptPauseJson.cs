using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A pause where it is kept with what it holds or held: on a schedule, in the ledger. Instants as milliseconds; null for none.</summary>
internal static partial class KeptPauseJson
{
    public static string? Write(Pause? pause) => pause is null ? null : JsonSerializer.Serialize(
        new KeptPause(
            pause.Id,
            pause.Layer,
            pause.Since.ToUnixTimeMilliseconds(),
            pause.Until?.ToUnixTimeMilliseconds(),
            pause.OnEnd,
            pause.Cause,
            pause.Note,
            pause.By,
            pause.ByOperator,
            pause.EndedAt?.ToUnixTimeMilliseconds(),
            pause.ShownAt?.ToUnixTimeMilliseconds()),
        PauseContext.Default.KeptPause);

    public static Pause? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var form = JsonSerializer.Deserialize(json, PauseContext.Default.KeptPause)!;
        return new Pause
        {
            Id = form.Id,
            Layer = form.Layer,
            Since = DateTimeOffset.FromUnixTimeMilliseconds(form.Since),
            Until = Time(form.Until),
            OnEnd = form.OnEnd,
            Cause = form.Cause,
            Note = form.Note,
            By = form.By,
            ByOperator = form.ByOperator,
            EndedAt = Time(form.EndedAt),
            ShownAt = Time(form.ShownAt),
        };
    }

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    internal sealed record KeptPause(
        Guid Id,
        PauseLayer Layer,
        long Since,
        long? Until,
        PauseEnd OnEnd,
        PauseCause Cause,
        string Note,
        string By,
        bool ByOperator,
        long? EndedAt,
        long? ShownAt);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(KeptPause))]
    private sealed partial class PauseContext : JsonSerializerContext;
}
