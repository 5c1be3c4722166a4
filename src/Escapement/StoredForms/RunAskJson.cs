using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>
/// Who asked for a run, as it is kept: null for nobody, instants as milliseconds. In one column, because nearly every run leaves it empty, and
/// runs that are under way are found by an index only as long as their rows are narrow.
/// </summary>
internal static partial class RunAskJson
{
    public static string? Write(RunAsk? ask) => ask is null ? null : JsonSerializer.Serialize(
        new StoredAsk(ask.By, ask.Note, ask.Repeats?.Value, ask.Backfill?.Id, ask.Backfill?.Total, ask.Occurrence?.ToUnixTimeMilliseconds()),
        RunAskContext.Default.StoredAsk);

    public static RunAsk? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var form = JsonSerializer.Deserialize(json, RunAskContext.Default.StoredAsk)!;
        return new RunAsk(form.By, form.Note)
        {
            Repeats = form.Repeats is { } run ? new RunId(run) : null,
            Backfill = form is { Backfill: { } backfill, Total: { } total } ? new BackfillPlace(backfill, total) : null,
            Occurrence = form.Occurrence is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        };
    }

    /// <summary>The pattern of what ends with an occurrence: it is the last that is written, and no text can hold quotation marks as they stand.</summary>
    public static string Ending(DateTimeOffset occurrence) =>
        string.Create(CultureInfo.InvariantCulture, $"%\"occurrence\":{occurrence.ToUnixTimeMilliseconds()}}}");

    /// <summary>The pattern of what a backfill opened.</summary>
    public static string Of(Guid backfill) => $"%\"backfill\":\"{backfill}\"%";

    /// <summary>The last thirteen characters of that, but for the brace: an index has them.</summary>
    public static string LastOf(DateTimeOffset occurrence) => Ending(occurrence)[^14..^1];

    internal sealed record StoredAsk(string By, string? Note, Guid? Repeats, Guid? Backfill, int? Total, long? Occurrence);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredAsk))]
    private sealed partial class RunAskContext : JsonSerializerContext;
}
