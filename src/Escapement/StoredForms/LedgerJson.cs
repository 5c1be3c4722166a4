using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>The parts of a run that are read as a whole and never searched, as every store keeps them.</summary>
internal static partial class LedgerJson
{
    public static string? Write(RunEvidence evidence) =>
        evidence is { Log.Count: 0, DroppedLogLines: 0, HostCalls.Count: 0, WaitedFor: null, TraceId: null }
            ? null
            : JsonSerializer.Serialize(evidence, LedgerContext.Default.RunEvidence);

    public static RunEvidence ReadEvidence(string? json) =>
        json is null ? RunEvidence.None : JsonSerializer.Deserialize(json, LedgerContext.Default.RunEvidence)!;

    public static IReadOnlyList<EndedAttempt> ReadAttempts(string? json) =>
        json is null ? [] : [.. JsonSerializer.Deserialize(json, LedgerContext.Default.AttemptArray)!.Select(Read)];

    public static string? Write(IReadOnlyList<EndedAttempt> attempts) =>
        attempts.Count == 0 ? null : JsonSerializer.Serialize([.. attempts.Select(Write)], LedgerContext.Default.AttemptArray);

    private static EndedAttempt Read(Attempt a) => new(a.Number, Time(a.StartedAt), Time(a.EndedAt)!.Value, (RunReason)a.Reason, a.Node, a.Error)
    {
        Version = a.Version is { } version ? new VersionId(version) : null,
        TraceId = a.TraceId,
    };

    private static Attempt Write(EndedAttempt a) =>
        new(a.Attempt, a.StartedAt?.ToUnixTimeMilliseconds(), a.EndedAt.ToUnixTimeMilliseconds(), (int)a.Reason, a.Node, a.Error)
        {
            Version = a.Version?.Value,
            TraceId = a.TraceId,
        };

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    internal sealed record Attempt([property: JsonPropertyName("attempt")] int Number, long? StartedAt, long? EndedAt, int Reason, string? Node, string? Error)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Guid? Version { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? TraceId { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(RunEvidence))]
    [JsonSerializable(typeof(Attempt[]))]
    private sealed partial class LedgerContext : JsonSerializerContext;
}
