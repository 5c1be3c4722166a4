using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Escapement.Scheduling;

/// <summary>Values of fields as JSON, spelt as the API spells them; null for none. What reads them has written them.</summary>
internal static partial class FieldJson
{
    public const string True = "true";

    private static readonly FieldContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // For people who read them, as the API's answers are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Flag(bool value) => value ? True : "false";

    public static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    public static double? NumberOf(string? json) => json is null ? null : double.Parse(json, CultureInfo.InvariantCulture);

    public static string? Text(string? value) => value is null ? null : JsonSerializer.Serialize(value, Context.String);

    public static string? TextOf(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Context.String);

    public static string Texts(IEnumerable<string> values) => JsonSerializer.Serialize([.. values.Order(StringComparer.Ordinal)], Context.StringArray);

    public static string[] TextsOf(string json) => JsonSerializer.Deserialize(json, Context.StringArray)!;

    public static string Of(RetryPolicy retry) => JsonSerializer.Serialize(
        new RetryForm(retry.MaxAttempts, retry.InitialDelay.TotalSeconds, retry.Factor, retry.MaxDelay.TotalSeconds), Context.RetryForm);

    public static RetryPolicy RetryOf(string json) => JsonSerializer.Deserialize(json, Context.RetryForm) is var (attempts, first, factor, most)
        ? new RetryPolicy(attempts, TimeSpan.FromSeconds(first), factor, TimeSpan.FromSeconds(most))
        : RetryPolicy.None;

    /// <summary>What a pause says. Its id and its beginning are no part of it: one that comes back begins anew.</summary>
    public static string Of(Pause pause) => JsonSerializer.Serialize(
        new PauseForm(
            pause.Note,
            pause.Until is { } until ? Timestamps.Format(until) : null,
            pause.OnEnd switch { PauseEnd.Latest => "latest", PauseEnd.All => "all", _ => "next" },
            pause.Cause switch { PauseCause.Failures => "failures", PauseCause.EndpointGone => "endpoint-gone", _ => "asked" },
            pause.By,
            pause.ByOperator),
        Context.PauseForm);

    /// <summary>A pause that says this, with an id, a layer and a beginning to be given.</summary>
    public static Pause PauseOf(string json)
    {
        var form = JsonSerializer.Deserialize(json, Context.PauseForm)!;
        return new Pause
        {
            Id = Guid.Empty,
            Layer = PauseLayer.Schedule,
            Since = DateTimeOffset.UnixEpoch,
            Until = form.Until is { } until && Timestamps.TryParse(until, out var at) ? at : null,
            OnEnd = form.OnEnd switch { "latest" => PauseEnd.Latest, "all" => PauseEnd.All, _ => PauseEnd.Next },
            Cause = form.Cause switch { "failures" => PauseCause.Failures, "endpoint-gone" => PauseCause.EndpointGone, _ => PauseCause.Asked },
            Note = form.Note,
            By = form.By,
            ByOperator = form.ByOperator,
        };
    }

    public static string Of(OccurrenceSkip skip) => JsonSerializer.Serialize(
        new SkipForm(skip.Note, skip.By, Timestamps.Format(skip.Since), skip.VoidedAt is { } voided ? Timestamps.Format(voided) : null), Context.SkipForm);

    public static OccurrenceSkip SkipOf(string json, DateTimeOffset at)
    {
        var form = JsonSerializer.Deserialize(json, Context.SkipForm)!;
        return new OccurrenceSkip
        {
            At = at,
            Note = form.Note,
            By = form.By,
            Since = Timestamps.TryParse(form.Since, out var since) ? since : at,
            VoidedAt = form.VoidedAt is { } text && Timestamps.TryParse(text, out var voided) ? voided : null,
        };
    }

    private sealed record RetryForm(int MaxAttempts, double InitialDelaySeconds, double Factor, double MaxDelaySeconds);

    private sealed record PauseForm(string Note, string? Until, string OnEnd, string Cause, string By, bool ByOperator);

    private sealed record SkipForm(string Note, string By, string Since, string? VoidedAt);

    [JsonSerializable(typeof(string))]
    [JsonSerializable(typeof(string[]))]
    [JsonSerializable(typeof(RetryForm))]
    [JsonSerializable(typeof(PauseForm))]
    [JsonSerializable(typeof(SkipForm))]
    private sealed partial class FieldContext : JsonSerializerContext;
}
