using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A schedule's policy as it is kept: null for the default, which is nearly every schedule's.</summary>
internal static partial class PolicyJson
{
    public static string? Write(SchedulePolicy policy) =>
        policy == SchedulePolicy.Default ? null : JsonSerializer.Serialize(policy, PolicyContext.Default.SchedulePolicy);

    public static SchedulePolicy Read(string? json) =>
        json is null ? SchedulePolicy.Default : JsonSerializer.Deserialize(json, PolicyContext.Default.SchedulePolicy)!;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(SchedulePolicy))]
    private sealed partial class PolicyContext : JsonSerializerContext;
}
