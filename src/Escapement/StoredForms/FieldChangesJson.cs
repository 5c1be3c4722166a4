using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Audit;

namespace Escapement.StoredForms;

/// <summary>The fields of a change as an audit entry keeps them: null for none; large values by hash and length alone.</summary>
internal static partial class FieldChangesJson
{
    private static readonly ChangesContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Values are JSON themselves: escaped as for a page, a text of apostrophes would take six times its size.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string? Write(FieldChanges changes) => changes.Count == 0 ? null : JsonSerializer.Serialize(
        [.. changes.Select(c => new StoredChange(c.Field, Stored(c.Before), Stored(c.After)))], Context.StoredChangeArray);

    public static FieldChanges Read(string? json) => json is null ? FieldChanges.None : new FieldChanges([.. Changes(json)]);

    private static IEnumerable<FieldChange> Changes(string json) =>
        JsonSerializer.Deserialize(json, Context.StoredChangeArray)!.Select(c => new FieldChange(c.Field, Value(c.Before), Value(c.After)));

    private static StoredValue? Stored(AuditValue? value) =>
        value is null ? null : value.Sha256 is null ? new StoredValue(value.Json, null, null) : new StoredValue(null, value.Sha256, value.Bytes);

    private static AuditValue? Value(StoredValue? stored) => stored switch
    {
        null => null,
        { Sha256: { } hash } => new AuditValue(null, hash, stored.Bytes ?? 0),
        _ => AuditValue.Of(stored.Json),
    };

    internal sealed record StoredValue(string? Json, string? Sha256, int? Bytes);

    internal sealed record StoredChange(string Field, StoredValue? Before, StoredValue? After);

    [JsonSerializable(typeof(StoredChange[]))]
    private sealed partial class ChangesContext : JsonSerializerContext;
}
