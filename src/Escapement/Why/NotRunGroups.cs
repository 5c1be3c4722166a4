using System.Globalization;
using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>Groups what did not run by its cause: the pause that held it, the outage in which it came due, who skipped it, else the reason.</summary>
/// <param name="from">From when on.</param>
/// <param name="to">Up to when, exclusively.</param>
/// <param name="now">Now.</param>
/// <param name="outages">Times without any node.</param>
internal sealed class NotRunGroups(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, IReadOnlyList<Outage> outages)
{
    private const int MostExamples = 5;

    private readonly Dictionary<object, List<Entry>> groups = [];
    private readonly CauseSentences sentences = new(new LocalClock(TimeZones.Default, from, now));

    /// <summary>A row of the ledger.</summary>
    public void Add(Run row)
    {
        var outage = row.State == RunState.Missed ? outages.FirstOrDefault(o => o.From <= row.CreatedAt && o.To >= row.DueAt) : null;
        var verdict = row.Reason == RunReason.Paused ? WhyVerdict.Paused
            : row.State switch { RunState.Missed => WhyVerdict.Missed, RunState.Skipped => WhyVerdict.Skipped, _ => WhyVerdict.Abandoned };
        (object key, Cause[] causes) = row switch
        {
            { Reason: RunReason.Paused, Pause: { } pause } => (pause.Id, [new Cause.OfPause(pause, pause.EndsAt ?? row.CreatedAt)]),
            { Reason: RunReason.SkippedByAdmin, RequestedBy: { } by } => ((by, row.Note), [new Cause.Skip(by, row.Note ?? "", null)]),
            _ when outage is not null => ((row.Reason, outage.From), [new Cause.OfRun(row), new Cause.OfOutage(outage)]),
            _ => ((object)row.Reason, (Cause[])[new Cause.OfRun(row)]),
        };
        Add(key, new Entry(
            new WhyFinding(verdict, causes),
            row.Scope.Install,
            row.Schedule,
            row.MissedCount ?? 1,
            row.MissedFrom ?? row.DueAt,
            row.MissedTo ?? row.DueAt,
            IsOpen: false));
    }

    /// <summary>A schedule that pauses hold, as far as it came due in the range.</summary>
    public void AddHeld(Schedule schedule)
    {
        if (schedule.Held is not { } pause || HeldStretch.Of(schedule, now < to ? now : to.AddTicks(-1)) is not { } stretch || stretch.To < from)
        {
            return;
        }

        var calendar = OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone).Without(Skips.Counting(schedule.Skips));
        var first = stretch.From < from ? calendar.Next(from.AddTicks(-1)) ?? stretch.To : stretch.From;
        Add((pause.Id, true), new Entry(
            new WhyFinding(WhyVerdict.Paused, [new Cause.OfPause(pause)]),
            schedule.Scope.Install,
            schedule.Id,
            calendar.Count(first, stretch.To),
            first,
            stretch.To,
            IsOpen: true));
    }

    public IReadOnlyList<NotRunGroup> Made() => [.. groups.Values.Select(Of).OrderByDescending(g => g.Occurrences)];

    private void Add(object key, Entry entry)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = []);
        }

        group.Add(entry);
    }

    private NotRunGroup Of(List<Entry> entries)
    {
        var (count, schedules) = (entries.Sum(e => e.Count), entries.Select(e => e.Schedule).Distinct().Count());
        var (first, last) = (entries.Min(e => e.First), entries.Max(e => e.Last));
        var finding = entries[0].Finding;
        var clock = new LocalClock(TimeZones.Default, first, now);
        var phrases = string.Join("; ", finding.Causes.Select(sentences.Phrase));
        var when = first == last ? $"at {clock.Full}" : $"from {clock.Full} to {clock.Near(last)}";
        return new NotRunGroup(
            count,
            schedules,
            first,
            last,
            $"{Some(count, "occurrence")} of {Some(schedules, "schedule")} did not run {when}: {phrases}.",
            [.. finding.Causes.Select(sentences.Tell)],
            WhyRemedies.Of(finding),
            [.. entries.DistinctBy(e => e.Schedule).Take(MostExamples).Select(e => new NotRunExample(e.Install, e.Schedule, e.First))])
        {
            IsOpen = entries[0].IsOpen,
        };
    }

    private static string Some(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private sealed record Entry(
        WhyFinding Finding, InstallId Install, ScheduleId Schedule, int Count, DateTimeOffset First, DateTimeOffset Last, bool IsOpen);
}
