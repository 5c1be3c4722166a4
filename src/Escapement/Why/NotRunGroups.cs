using System.Globalization;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// Groups what did not run by its cause: the pause that held it, the outage in which it came due, who skipped it, else the reason; and what failed by
/// version and how.
/// </summary>
/// <param name="from">From when on.</param>
/// <param name="to">Up to when, exclusively.</param>
/// <param name="now">Now.</param>
/// <param name="outages">Times without any node.</param>
internal sealed class NotRunGroups(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, IReadOnlyList<Outage> outages)
{
    private const int MostExamples = 5;

    private readonly Dictionary<object, List<Entry>> groups = [];
    private ILookup<ScheduleId, DateTimeOffset> madeUp = Array.Empty<MadeUpOccurrence>().ToLookup(m => m.Schedule, m => m.At);
    private PausesInForce? inForce;

    /// <summary>Whether it is of all tenants, so that sentences say of how many.</summary>
    public bool IsOfAll { get; init; }

    /// <summary>How long a node may be silent by the host's clock.</summary>
    public TimeSpan SilentAfter { get; init; } = NodeSilence.Usual;

    /// <summary>The pauses above the schedules, with those that have ended as long as the store keeps them.</summary>
    public IReadOnlyList<OuterPause> Pauses { get; init; } = [];

    /// <summary>What later runs have made up for.</summary>
    public IReadOnlyList<MadeUpOccurrence> MadeUp
    {
        init => madeUp = value.Distinct().ToLookup(m => m.Schedule, m => m.At);
    }

    /// <summary>A row of the ledger.</summary>
    public void Add(Run row)
    {
        var outage = row.State == RunState.Missed ? outages.FirstOrDefault(o => o.IsBetween(row.DueAt, row.CreatedAt, SilentAfter)) : null;
        var verdict = row switch
        {
            { Reason: RunReason.Paused } => WhyVerdict.Paused,
            { State: RunState.Missed } => WhyVerdict.Missed,
            { State: RunState.Skipped } => WhyVerdict.Skipped,
            { State: RunState.Failed } => WhyVerdict.Failed,
            _ => WhyVerdict.Abandoned,
        };
        (object key, Cause[] causes) = row switch
        {
            { Reason: RunReason.Paused, Pause: { } pause } => (pause.Id, [Ended(pause, row)]),
            { Reason: RunReason.SkippedByAdmin, RequestedBy: { } by } => ((by, row.Note), [new Cause.Skip(by, row.Note ?? "", null)]),
            { State: RunState.Failed } => ((row.Version, row.Reason, row.StatusCode), [new Cause.OfRun(row)]),
            _ when outage is not null => ((row.Reason, outage.From), [new Cause.OfRun(row), new Cause.OfOutage(outage)]),
            _ => ((object)row.Reason, (Cause[])[new Cause.OfRun(row)]),
        };
        Add(key, new Entry(
            new WhyFinding(verdict, causes),
            row.Scope,
            row.Schedule,
            row.MissedCount ?? 1,
            row.MissedFrom ?? row.DueAt,
            row.MissedTo ?? row.DueAt,
            IsOpen: false));
    }

    /// <summary>
    /// A schedule that pauses hold, as far as it came due in the range. Which one it was put aside for is another question: that may have ended since. Where
    /// all have, no claim has come to it yet.
    /// </summary>
    public void AddHeld(Schedule schedule)
    {
        if (schedule.Held is not { } held || HeldStretch.Of(schedule, now < to ? now : to.AddTicks(-1)) is not { } stretch || stretch.To < from)
        {
            return;
        }

        var calendar = OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone).Without(Skips.Counting(schedule.Skips));
        var first = stretch.From < from ? calendar.Next(from.AddTicks(-1)) ?? stretch.To : stretch.From;
        var holding = (inForce ??= new PausesInForce(Pauses, now)).Over(schedule);
        IReadOnlyList<Cause> causes = holding.Count > 0
            ? KnownPauses.Told(holding.Select(p => new Cause.OfPause(p)))
            : [new Cause.OfPause(held, Kept(held)?.EndsAt ?? now)];
        var key = holding.Count > 0 ? string.Join(' ', holding.Select(p => p.Id)) : $"{held.Id} no more";
        Add(key, new Entry(
            new WhyFinding(WhyVerdict.Paused, causes),
            schedule.Scope,
            schedule.Id,
            calendar.Count(first, stretch.To),
            first,
            stretch.To,
            IsOpen: holding.Count > 0));
    }

    /// <summary>The schedules of groups that have few and are not made up for: what waits in their backfills is told.</summary>
    public IReadOnlyCollection<(InstallScope Scope, ScheduleId Schedule)> Few =>
    [
        .. groups.Values
            .Where(entries => entries.DistinctBy(e => e.Schedule).Count() <= MostExamples && entries.Sum(MadeUpOf) < entries.Sum(e => e.Count))
            .SelectMany(entries => entries.Select(e => (e.Scope, e.Schedule)))
            .DistinctBy(e => e.Schedule),
    ];

    /// <summary>The groups.</summary>
    /// <param name="backfills">The backfills of <see cref="Few"/> that are under way.</param>
    public IReadOnlyList<NotRunGroup> Made(IReadOnlyDictionary<ScheduleId, Backfill>? backfills = null) =>
    [
        .. groups.Values
            .Select(entries => Of(entries, backfills ?? new Dictionary<ScheduleId, Backfill>()))
            .OrderByDescending(g => g.Occurrences - g.MadeUp)
            .ThenByDescending(g => g.Occurrences),
    ];

    private void Add(object key, Entry entry)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = []);
        }

        group.Add(entry);
    }

    private NotRunGroup Of(List<Entry> entries, IReadOnlyDictionary<ScheduleId, Backfill> backfills)
    {
        var (count, schedules) = (entries.Sum(e => e.Count), entries.Select(e => e.Schedule).Distinct().Count());
        var tenants = entries.GroupBy(e => e.Scope.Tenant).OrderByDescending(t => t.Sum(e => e.Count)).ThenBy(t => t.Key.Value, StringComparer.Ordinal)
            .Select(t => t.Key).ToList();
        var (first, last) = (entries.Min(e => e.First), entries.Max(e => e.Last));
        var finding = entries[0].Finding;
        var clock = new LocalClock(TimeZones.Default, first, now);
        var sentences = new CauseSentences(clock);
        var done = entries.Sum(MadeUpOf);
        var filling = entries.Select(e => e.Schedule).Distinct().Select(backfills.GetValueOrDefault).OfType<Backfill>().ToList();
        var waiting = Math.Min(count - done, entries.Sum(e => backfills.GetValueOrDefault(e.Schedule) is { } own ? LeftOf(own, e) : 0));
        var whose = IsOfAll ? $" of {Some(tenants.Count, "tenant")}" : "";
        var became = finding.Verdict == WhyVerdict.Failed ? "failed" : "did not run";
        var when = first == last ? $"at {clock.Full()}" : $"from {clock.Full()} to {clock.Near(last)}";
        var phrases = sentences.Phrase(finding.Causes);
        return new NotRunGroup(
            count,
            schedules,
            first,
            last,
            $"{Some(count, "occurrence")} of {Some(schedules, "schedule")}{whose} {became} {when}: {phrases}.{MadeUpPhrase(done, count)}"
                + WaitsPhrase(waiting, count, filling),
            [.. finding.Causes.Select(sentences.Tell)],
            done + waiting < count ? WhyRemedies.Of(finding, Standing.Unknown)
                : WhyRemedy.Of(waiting > 0 && filling.All(b => b.IsPaused) ? WhyRemedies.GoOn : WhyRemedies.Nothing),
            [.. entries.DistinctBy(e => e.Schedule).Take(MostExamples).Select(e => new NotRunExample(e.Scope, e.Schedule, e.First))])
        {
            Verdict = finding.Verdict,
            Tenants = tenants.Count,
            OfTenants = [.. tenants.Take(MostExamples)],
            MadeUp = done,
            IsOpen = entries[0].IsOpen,
        };
    }

    // When a pause ended that a row has kept: the row may be older than that, or have been written later than it ended.
    private Cause.OfPause Ended(Pause pause, Run row)
    {
        var (kept, last) = (Kept(pause), row.MissedTo ?? row.DueAt);
        return kept is not null && kept.HoldsAt(now) ? new Cause.OfPause(kept)
            : new Cause.OfPause(pause, (kept ?? pause).EndsAt is { } end && end >= last && end <= row.CreatedAt ? end : row.CreatedAt);
    }

    private Pause? Kept(Pause pause) => Pauses.FirstOrDefault(p => p.Pause.Id == pause.Id)?.Pause;

    private int MadeUpOf(Entry entry) => Math.Min(entry.Count, madeUp[entry.Schedule].Count(at => at >= entry.First && at <= entry.Last));

    private static string MadeUpPhrase(int done, int count) =>
        done == 0 ? ""
        : done < count ? string.Create(CultureInfo.InvariantCulture, $" {done} of them {(done == 1 ? "was" : "were")} made up for since.")
        : count == 1 ? " It was made up for since."
        : " All of them were made up for since.";

    private static int LeftOf(Backfill backfill, Entry entry) => backfill.Left.Count(l => l.At >= entry.First && l.At <= entry.Last);

    private static string WaitsPhrase(int waiting, int count, IReadOnlyList<Backfill> filling) =>
        waiting == 0 ? "" : (waiting < count, count) switch
        {
            (true, _) => string.Create(CultureInfo.InvariantCulture, $" {waiting} of them {(waiting == 1 ? "waits" : "wait")} for a turn in a backfill"),
            (_, 1) => " It waits for its turn in a backfill",
            _ => " All of them wait for their turn in a backfill",
        } + (filling.All(b => b.IsPaused) ? ", which is held until somebody has it go on." : ".");

    private static string Some(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private sealed record Entry(
        WhyFinding Finding, InstallScope Scope, ScheduleId Schedule, int Count, DateTimeOffset First, DateTimeOffset Last, bool IsOpen);
}
