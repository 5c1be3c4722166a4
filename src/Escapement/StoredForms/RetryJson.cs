using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A retry policy as it is kept: null for no retry, which is nearly every schedule's.</summary>
internal static partial class RetryJson
{
    public static string? Write(RetryPolicy policy) =>
        policy == RetryPolicy.None ? null : JsonSerializer.Serialize(policy, RetryContext.Default.RetryPolicy);

    public static RetryPolicy Read(string? json) =>
        json is null ? RetryPolicy.None : JsonSerializer.Deserialize(json, RetryContext.Default.RetryPolicy)!;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(RetryPolicy))]
    private sealed partial class RetryContext : JsonSerializerContext;
}
