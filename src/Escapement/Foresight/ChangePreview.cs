using System.Collections.Concurrent;
using Escapement.Listing;
using Escapement.Scheduling;

namespace Escapement.Foresight;

/// <summary>What choosing an expression and a zone would mean. It changes nothing.</summary>
internal sealed class ChangePreview(IScheduleListStore store, TimeProvider time)
{
    /// <summary>How many occurrences are shown.</summary>
    public const int Shown = 10;

    /// <summary>How old the numbers may be of who fires when.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    // Beyond it all are forgotten.
    private const int Most = 100;

    private readonly ConcurrentDictionary<TenantId, (long AskedAt, IReadOnlyList<ScheduleTimes> Times)> kept = new();

    /// <summary>Looks ahead.</summary>
    /// <param name="tenant">Whose schedules are counted as others.</param>
    /// <param name="cron">As the caller gave it.</param>
    /// <param name="timeZone">As the caller gave it.</param>
    /// <param name="current">The schedule that it is for; null for a new one.</param>
    /// <param name="after">The instant after which the occurrences lie that are shown; null for now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Foreseen> LookAsync(
        TenantId tenant, string? cron, string? timeZone, Schedule? current, DateTimeOffset? after, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var check = Cron.Check(cron);
        var zone = TimeZones.Canonical(string.IsNullOrWhiteSpace(timeZone) ? TimeZones.Default : timeZone.Trim());
        var words = check.Verdict is CronVerdict.Ok or CronVerdict.TooFrequent or CronVerdict.Never ? CronWords.Of(check.Fields) : null;
        if (check.Text is not { } good || zone is null)
        {
            return new Foreseen(check, zone, words);
        }

        var occurrences = OccurrencePreview.Of(good, zone, after ?? now, Shown);
        DateTimeOffset[] instants = [.. occurrences.Select(o => o.At.ToUniversalTime())];
        (string, string)? own = current is { NextDueAt: not null } ? (current.Cron, current.TimeZone) : null;
        var all = instants.Length == 0 ? [] : await TimesOfAsync(tenant, cancellationToken);
        return new Foreseen(check, zone, words)
        {
            TouchedLater = instants.Length == 0 ? [] : OccurrencePreview.TouchedByClocks(good, zone, instants[^1]),
            Occurrences = [.. occurrences.Zip(Crowd.OthersAt(instants, own, all), (o, others) => o with { Others = others })],
            Difference = current is null ? null : TimesDifference.Between((current.Cron, current.TimeZone), (good, zone), now),
            Crowd = instants.Length == 0 ? null : Crowd.Around(instants[0], own, all),
        };
    }

    private async ValueTask<IReadOnlyList<ScheduleTimes>> TimesOfAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue(tenant, out var known) && time.GetElapsedTime(known.AskedAt) < KeptFor)
        {
            return known.Times;
        }

        if (kept.Count >= Most)
        {
            kept.Clear();
        }

        var askedAt = time.GetTimestamp();
        var times = await store.TimesAsync(tenant, cancellationToken);
        kept[tenant] = (askedAt, times);
        return times;
    }
}

/// <summary>What there is to know.</summary>
/// <param name="Check">What is said of the expression.</param>
/// <param name="TimeZone">The zone in its canonical spelling; null when there is none of the name.</param>
/// <param name="Words">The expression in words; null when it cannot be read.</param>
internal sealed record Foreseen(CronCheck Check, string? TimeZone, string? Words)
{
    /// <summary>The next occurrences.</summary>
    public IReadOnlyList<ForeseenOccurrence> Occurrences { get; init; } = [];

    /// <summary>Those after them, within a year, to which the clocks do something.</summary>
    public IReadOnlyList<ForeseenOccurrence> TouchedLater { get; init; } = [];

    /// <summary>What it would change of a schedule that is there; null for a new one.</summary>
    public TimesDifference? Difference { get; init; }

    /// <summary>How full the minute of the first occurrence is; null when there is none.</summary>
    public Crowd? Crowd { get; init; }
}
