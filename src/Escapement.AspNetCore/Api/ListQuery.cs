using System.Globalization;
using Escapement.AspNetCore.Problems;

namespace Escapement.AspNetCore.Api;

/// <summary>
/// Reads what a list is asked for, and keeps the first thing that is wrong with it. A route reads all that it takes, and then asks
/// <see cref="Refusal"/> once.
/// </summary>
internal sealed class ListQuery
{
    // Far behind all that comes due, and far enough from the calendar's end that days and zones can be added to it.
    private static readonly DateTimeOffset LastInstant = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string OfEarlier = "the nextCursor of an earlier answer";

    /// <summary>Why it cannot be answered; null when nothing is wrong.</summary>
    public ProblemResult? Refusal { get; private set; }

    /// <summary>How many rows.</summary>
    public int Limit(string? text) => Number("limit", text, 1, Paging.MaxLimit) ?? Paging.DefaultLimit;

    /// <summary>The place that a page begins after, or null.</summary>
    public PageCursor? Cursor(string? text) => text is null ? null : Paging.Read(text) ?? Refuse<PageCursor?>("cursor", $"cursor must be {OfEarlier}");

    /// <summary>The tenant that a page of a list by tenants begins after; empty for the first page.</summary>
    public string TenantCursor(string? text) => Read("cursor", text, Paging.ReadTenant, OfEarlier) ?? "";

    /// <summary>One of some words, or null.</summary>
    public T? Word<T>(string name, string? text, IReadOnlyDictionary<string, T> words)
        where T : struct => text is null ? null
        : words.TryGetValue(text, out var value) ? value
        : Refuse<T?>(name, $"{name} must be one of {string.Join(", ", words.Keys)}");

    /// <summary>Some of some words, with commas between them; none when nothing was said.</summary>
    public IReadOnlyCollection<T> Words<T>(string name, string? text, IReadOnlyDictionary<string, T> words)
    {
        var found = new List<T>();
        foreach (var word in text?.Split(',') ?? [])
        {
            if (!words.TryGetValue(word, out var value))
            {
                var expected = string.Join(", ", words.Keys);
                return Refuse<IReadOnlyCollection<T>>(name, $"{name} must be one of {expected}, or several with commas between them") ?? [];
            }

            found.Add(value);
        }

        return found;
    }

    public bool? Flag(string name, string? text) => text switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => Refuse<bool?>(name, $"{name} must be true or false"),
    };

    public Guid? Id(string name, string? text, string what) =>
        text is null ? null : Ids.TryParse(text, out var id) ? id : Refuse<Guid?>(name, $"{name} must be {what}");

    /// <summary>Whether an instant is one that schedules can be asked about: from 1970 and before the year 9000.</summary>
    public static bool IsWithinReach(DateTimeOffset at) => at >= DateTimeOffset.UnixEpoch && at < LastInstant;

    /// <summary>An instant, or null.</summary>
    public DateTimeOffset? Instant(string name, string? text) => text is null ? null
        : Timestamps.TryParse(text, out var at) && IsWithinReach(at) ? at
        : Refuse<DateTimeOffset?>(name, $"{name} must be an instant such as 2026-03-02T09:00:00Z, from 1970 and before the year 9000");

    /// <summary>A number within bounds, or null.</summary>
    public int? Number(string name, string? text, int least, int most) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Refuse<int?>(name, $"{name} must be a number from {least} to {most}");

    /// <summary>A text, read in a way of its own, or null.</summary>
    public T? Read<T>(string name, string? text, Func<string, T?> read, string expected)
        where T : class => text is null ? null : read(text) ?? Refuse<T>(name, $"{name} must be {expected}");

    /// <summary>Refuses it, unless it is refused already.</summary>
    public T? Refuse<T>(string name, string message)
    {
        Refusal ??= Problems.Refusal.BadRequest(name, message);
        return default;
    }
}
