using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Escapement.StoredForms;

/// <summary>A set of capabilities as it is kept: a sorted JSON array.</summary>
internal static partial class TextSetJson
{
    public static string Write(FrozenSet<string> set) =>
        JsonSerializer.Serialize([.. set.Order(StringComparer.Ordinal)], TextSetContext.Default.StringArray);

    public static FrozenSet<string> Read(string json) =>
        JsonSerializer.Deserialize(json, TextSetContext.Default.StringArray)!.ToFrozenSet(StringComparer.Ordinal);

    [JsonSerializable(typeof(string[]))]
    private sealed partial class TextSetContext : JsonSerializerContext;
}
