using Escapement.Audit;
using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>
/// The fields of a schedule that changes are written down by, and taken back by: what extensions and admins set. Instants that follow from them are
/// not among them, nor is what firing writes.
/// </summary>
internal static class ScheduleFields
{
    /// <summary>Its own pause, while that holds.</summary>
    public const string Pause = "pause";

    /// <summary>What it calls.</summary>
    public const string Called = "endpoint";

    private const string Name = "name";
    private const string SkipPrefix = "skips.";

    private static readonly Field[] All =
    [
        new(Name, s => FieldJson.Text(s.Name), (s, v) => s with { Name = FieldJson.TextOf(v) }),
        new(Called, s => FieldJson.Text(s.Endpoint.ToString()), (s, v) => s with { Endpoint = Endpoint(FieldJson.TextOf(v)!) }),
        new("cron", s => FieldJson.Text(s.Cron), (s, v) => s with { Cron = FieldJson.TextOf(v)! }),
        new("timezone", s => FieldJson.Text(s.TimeZone), (s, v) => s with { TimeZone = FieldJson.TextOf(v)! }),
        new("enabled", s => FieldJson.Flag(s.Enabled), (s, v) => s with { Enabled = v == FieldJson.True }),
        new("payload", s => FieldJson.Text(s.Payload), (s, v) => s with { Payload = FieldJson.TextOf(v) }),
        .. PolicyFields.All.Select(f => new Field(f.Name, s => f.Read(s.Policy), (s, v) => s with { Policy = f.Write(s.Policy, v) })),
    ];

    /// <summary>What a change changed.</summary>
    /// <param name="before">As it was; null when it was not there.</param>
    /// <param name="after">As it is from then on; null when it is there no more.</param>
    /// <param name="now">The instant of the change.</param>
    public static FieldChanges Changes(Schedule? before, Schedule? after, DateTimeOffset now)
    {
        var changes = new List<FieldChange>();
        void Compare(string field, string? then, string? since)
        {
            if (then != since)
            {
                changes.Add(new FieldChange(field, AuditValue.Of(then), AuditValue.Of(since)));
            }
        }

        if (before is null != after is null)
        {
            Compare(FieldChanges.Exists, FieldJson.Flag(before is not null), FieldJson.Flag(after is not null));
        }

        foreach (var field in All)
        {
            Compare(field.Name, before is null ? null : field.Read(before), after is null ? null : field.Read(after));
        }

        Compare(Pause, PauseOf(before, now), PauseOf(after, now));
        foreach (var at in Ahead(before, now).Concat(Ahead(after, now)).Distinct().Order())
        {
            Compare(SkipName(at), SkipOf(before, at), SkipOf(after, at));
        }

        return changes.Count == 0 ? FieldChanges.None : new FieldChanges(changes);
    }

    /// <summary>
    /// What of a schedule is not as a change left it. Of one that the change made, each field counts: to take that back is to delete it. Skips whose time
    /// has passed do not, unless the change was about nothing else.
    /// </summary>
    public static IReadOnlyList<FieldDifference> Differences(FieldChanges changes, Schedule? now, DateTimeOffset at)
    {
        if (now is null && changes.Makes is null)
        {
            return [new FieldDifference(FieldChanges.Exists, AuditValue.Of(FieldJson.Flag(true)), AuditValue.Of(FieldJson.Flag(false)))];
        }

        var expected = changes.Makes == true && now is not null
            ? new FieldChanges([.. changes, .. Changes(null, now, at).Where(c => changes.Of(c.Field) is null).Select(c => c with { After = null })])
            : changes;
        return
        [
            .. expected.Differences(field => AuditValue.Of(Read(now, field, at)))
                .Where(d => changes.Count == 1 || SkipAt(d.Field) is not { } skip || skip > at),
        ];
    }

    /// <summary>
    /// A schedule with each field of a change as it was before, or why it cannot be. It must be as the change left it. New times count from now; a pause
    /// that comes back begins anew.
    /// </summary>
    /// <param name="left">The schedule, as the change left it.</param>
    /// <param name="changes">The change, with all values that were.</param>
    /// <param name="name">What it is called from then on, where the name that it had is taken; null for that.</param>
    /// <param name="pause">The id of a pause that comes back.</param>
    /// <param name="now">The instant.</param>
    /// <param name="shownAt">When somebody was shown what it would do, so that the end of a pause runs no more than that; null when they were not.</param>
    public static ScheduleChange Undo(
        Schedule left, FieldChanges changes, string? name, Guid pause, DateTimeOffset now, DateTimeOffset? shownAt = null)
    {
        var back = left;
        foreach (var change in changes)
        {
            if (Array.Find(All, f => f.Name == change.Field) is { } field)
            {
                back = field.Write(back, change.Field == Name && name is not null ? FieldJson.Text(name) : change.Before?.Json);
            }
            else if (change.Field != FieldChanges.Exists)
            {
                var undone = SkipAt(change.Field) is not { } at ? UndoPause(back, change.Before?.Json, pause, now, shownAt)
                    : changes.Count > 1 && at + StartTime.PlaceOf(back) <= now ? ScheduleChange.Done(back)
                    : UndoSkip(back, at, change.Before?.Json, now);
                if (undone.Schedule is not { } with)
                {
                    return undone;
                }

                back = with;
            }
        }

        back = ScheduleEdit.Replan(left, back with { UpdatedAt = now }, now, out var broken);
        return broken is null ? ScheduleChange.Done(back) : ScheduleChange.Invalid(new Dictionary<string, string> { ["cron"] = broken });
    }

    private static string? Read(Schedule? schedule, string name, DateTimeOffset now) => name switch
    {
        FieldChanges.Exists => FieldJson.Flag(schedule is not null),
        Pause => PauseOf(schedule, now),
        _ when schedule is null => null,
        _ when SkipAt(name) is { } at => SkipOf(schedule, at),
        _ => Array.Find(All, f => f.Name == name)?.Read(schedule),
    };

    private static string? PauseOf(Schedule? schedule, DateTimeOffset now) =>
        schedule?.Pause is { } own && own.HoldsAt(now) ? FieldJson.Of(own) : null;

    private static ScheduleChange UndoPause(Schedule left, string? before, Guid id, DateTimeOffset now, DateTimeOffset? shownAt)
    {
        if (before is null)
        {
            return ScheduleChange.Done(left with { Pause = left.Pause is { } own ? own with
            {
                EndedAt = now,
                ShownAt = shownAt,
                OnEnd = left.UpdatedAt > shownAt ? PauseEnd.Next : own.OnEnd,
            } : null });
        }

        // The host's own hold of a lost endpoint is the version's, and follows it.
        var pause = FieldJson.PauseOf(before);
        return pause.Cause == PauseCause.EndpointGone ? ScheduleChange.Done(left)
            : pause.Until <= now ? ScheduleChange.Invalid(new Dictionary<string, string> { [Pause] = ScheduleMessages.PauseIsOver(pause.Until.Value) })
            : ScheduleChange.Done(left with { Pause = pause with { Id = id, Since = now } });
    }

    private static ScheduleChange UndoSkip(Schedule left, DateTimeOffset at, string? before, DateTimeOffset now)
    {
        if (before is null)
        {
            return Skips.TakeBack(left, at, now);
        }

        var skip = FieldJson.SkipOf(before, at);
        return skip.Counts && at + StartTime.PlaceOf(left) <= now
            ? ScheduleChange.AlreadyDue
            : ScheduleChange.Done(left with { Skips = [.. left.Skips.Where(s => s.At != at), skip] });
    }

    // A skip whose time has come is over, and no change has taken it away.
    private static IEnumerable<DateTimeOffset> Ahead(Schedule? schedule, DateTimeOffset now) =>
        schedule is not { Skips.Count: > 0 } ? [] : schedule.Skips.Where(s => s.At + StartTime.PlaceOf(schedule) > now).Select(s => s.At);

    private static string? SkipOf(Schedule? schedule, DateTimeOffset at) =>
        schedule?.Skips.FirstOrDefault(s => s.At == at) is { } skip ? FieldJson.Of(skip) : null;

    private static string SkipName(DateTimeOffset at) => SkipPrefix + Timestamps.Format(at);

    private static DateTimeOffset? SkipAt(string field) =>
        field.StartsWith(SkipPrefix, StringComparison.Ordinal) && Timestamps.TryParse(field[SkipPrefix.Length..], out var at) ? at : null;

    /// <summary>A value of <see cref="Called"/>.</summary>
    public static EndpointKey EndpointOf(string json) => Endpoint(FieldJson.TextOf(json)!);

    private static EndpointKey Endpoint(string text) =>
        text.Split(' ', 2) is [var method, var path] ? new EndpointKey(method, path) : new EndpointKey("", text);

    private sealed record Field(string Name, Func<Schedule, string?> Read, Func<Schedule, string?, Schedule> Write);
}
