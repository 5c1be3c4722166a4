using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Bulk;

namespace Escapement.StoredForms;

/// <summary>What is to be done to many schedules, as it is kept.</summary>
internal static partial class BulkActionJson
{
    public static string Write(BulkAction action) => JsonSerializer.Serialize(action, ActionContext.Default.BulkAction);

    public static BulkAction Read(string json) => JsonSerializer.Deserialize(json, ActionContext.Default.BulkAction)!;

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(BulkAction))]
    private sealed partial class ActionContext : JsonSerializerContext;
}
