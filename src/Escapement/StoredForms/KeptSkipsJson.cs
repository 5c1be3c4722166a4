using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>Occurrences that are skipped ahead of time, as a schedule keeps them: null for none, instants as milliseconds.</summary>
internal static partial class KeptSkipsJson
{
    public static string? Write(IReadOnlyList<OccurrenceSkip> skips) => skips.Count == 0 ? null : JsonSerializer.Serialize(
        [.. skips.Select(s => new StoredSkip(
            s.At.ToUnixTimeMilliseconds(), s.Note, s.By, s.Since.ToUnixTimeMilliseconds(), s.VoidedAt?.ToUnixTimeMilliseconds()))],
        SkipContext.Default.StoredSkipArray);

    public static IReadOnlyList<OccurrenceSkip> Read(string? json) => json is null
        ? []
        : [.. JsonSerializer.Deserialize(json, SkipContext.Default.StoredSkipArray)!.Select(s => new OccurrenceSkip
            {
                At = DateTimeOffset.FromUnixTimeMilliseconds(s.At),
                Note = s.Note,
                By = s.By,
                Since = DateTimeOffset.FromUnixTimeMilliseconds(s.Since),
                VoidedAt = s.VoidedAt is { } voided ? DateTimeOffset.FromUnixTimeMilliseconds(voided) : null,
            })];

    internal sealed record StoredSkip(long At, string Note, string By, long Since, long? VoidedAt);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredSkip[]))]
    private sealed partial class SkipContext : JsonSerializerContext;
}
