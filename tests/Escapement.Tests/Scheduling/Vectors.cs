using System.Text.Json;
using Escapement.Scheduling;

namespace Escapement.Tests.Scheduling;

/// <summary>The cases of vectors/, which two independent implementations agree on.</summary>
internal static class Vectors
{
    public sealed record Verdict(string Cron, string VerdictWord);

    public sealed record Occurrences(string Cron, string TimeZone, DateTimeOffset After, IReadOnlyList<DateTimeOffset> Next);

    public static IReadOnlyList<Verdict> Verdicts() =>
        [.. Read("cron-verdicts.json").Select(e => new Verdict(e.GetProperty("cron").GetString()!, e.GetProperty("verdict").GetString()!))];

    public static IReadOnlyList<Occurrences> AllOccurrences() =>
        [.. Read("occurrences.json").Select(e => new Occurrences(
            e.GetProperty("cron").GetString()!,
            e.GetProperty("timezone").GetString()!,
            e.GetProperty("after").GetDateTimeOffset(),
            [.. e.GetProperty("next").EnumerateArray().Select(n => n.GetDateTimeOffset())]))];

    private static JsonElement.ArrayEnumerator Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", file))).RootElement.EnumerateArray();
}
