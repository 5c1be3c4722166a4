using Escapement.Audit;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Bulk;

/// <summary>What a change of many is to each of them: the rules of the same change of one.</summary>
internal static class BulkRules
{
    /// <summary>What becomes of a schedule by an action, or why nothing does.</summary>
    /// <param name="action">The action; not an undo.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="byOperator">Whether that is an operator.</param>
    /// <param name="pause">The id of a pause.</param>
    /// <param name="now">The instant.</param>
    public static ScheduleChange Apply(BulkAction action, Schedule schedule, string by, bool byOperator, Guid pause, DateTimeOffset now) => action.Kind switch
    {
        BulkKind.Pause => ScheduleRules.Pause(schedule, PauseOf(action, by, byOperator, pause, now), now),
        BulkKind.Resume => ScheduleRules.Resume(schedule, action.OnEnd, byOperator, now, action.ShownAt),
        BulkKind.Enable => schedule.Enabled ? ScheduleChange.AlreadySo : Edit(schedule, new ScheduleEdit { FieldErrors = None, Enabled = true }, now),
        BulkKind.Disable => !schedule.Enabled ? ScheduleChange.AlreadySo : Edit(schedule, new ScheduleEdit { FieldErrors = None, Enabled = false }, now),
        BulkKind.SetPolicy => action.Policy!.ApplyTo(schedule.Policy) == schedule.Policy
            ? ScheduleChange.AlreadySo
            : Edit(schedule, new ScheduleEdit { FieldErrors = None, Policy = action.Policy }, now),
        BulkKind.Delete => ScheduleChange.Done(schedule),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action.Kind, "Not an action on a schedule."),
    };

    /// <summary>What the step is to do to a schedule.</summary>
    /// <param name="change">The change of many.</param>
    /// <param name="item">The schedule.</param>
    /// <param name="source">The entry whose change is taken back; null for none, and for one that is kept no more.</param>
    /// <param name="pause">The id of a pause.</param>
    /// <param name="now">The instant.</param>
    public static BulkDeed DeedOf(BulkChange change, BulkItem item, AuditEntry? source, Guid pause, DateTimeOffset now)
    {
        if (change.Action.Kind != BulkKind.Undo)
        {
            bool IsAsShown(Schedule schedule) => schedule.Revision == item.Revision;
            return change.Action.Kind == BulkKind.Delete
                ? new BulkDeed.Delete(IsAsShown)
                : new BulkDeed.Update(IsAsShown, s => Apply(change.Action, s, change.Actor.Id, change.ByOperator, pause, now));
        }

        if (source is not { Install: { } install })
        {
            return new BulkDeed.Nothing(BulkFate.Gone);
        }

        var changes = source.Changes;
        bool IsAsLeft(Schedule schedule) => ScheduleFields.Differences(changes, schedule, now).Count == 0;
        if (!change.ByOperator && (PauseFields.Before(changes) ?? PauseFields.After(changes)) is { ByOperator: true } && changes.Makes is null)
        {
            return new BulkDeed.Nothing(BulkFate.OperatorsPause);
        }

        return changes.Makes switch
        {
            true => new BulkDeed.Delete(IsAsLeft),
            false => new BulkDeed.Restore(new InstallScope(change.Tenant, install), kept => Restoring.Of(kept, now)),
            _ => new BulkDeed.Update(IsAsLeft, s => ScheduleFields.Undo(s, changes, name: null, pause, now, change.Action.ShownAt)),
        };
    }

    /// <summary>What would become of a schedule.</summary>
    /// <param name="deed">What is to be done to it.</param>
    /// <param name="now">The schedule; null when it is not there.</param>
    public static BulkFate FateOf(BulkDeed deed, Schedule? now) => deed switch
    {
        BulkDeed.Nothing nothing => nothing.Fate,
        BulkDeed.Restore => now is null ? BulkFate.Done : BulkFate.Refused,
        _ when now is null => BulkFate.Gone,
        BulkDeed.Update update => update.Expected(now) ? FateOf(update.Change(now)) : BulkFate.Changed,
        BulkDeed.Delete delete => delete.Expected(now) ? BulkFate.Done : BulkFate.Changed,
        _ => throw new InvalidOperationException($"A deed that nobody knows: {deed}"),
    };

    /// <summary>What became of a schedule.</summary>
    public static BulkFate FateOf(ScheduleChange change) => change.Kind switch
    {
        ScheduleChangeKind.Done => BulkFate.Done,
        ScheduleChangeKind.ChangedMeanwhile => BulkFate.Changed,
        ScheduleChangeKind.NotFound or ScheduleChangeKind.InstallGone => BulkFate.Gone,
        ScheduleChangeKind.AlreadyPaused or ScheduleChangeKind.NotPaused or ScheduleChangeKind.AlreadySo => BulkFate.AlreadySo,
        ScheduleChangeKind.OperatorsPause => BulkFate.OperatorsPause,
        _ => BulkFate.Refused,
    };

    /// <summary>What the audit calls it.</summary>
    /// <param name="kind">What is done.</param>
    /// <param name="source">The entry whose change is taken back; null for none.</param>
    public static string ActionOf(BulkKind kind, AuditEntry? source) => kind switch
    {
        BulkKind.Undo => $"schedule.{PauseFields.UndoVerbOf(source?.Changes ?? FieldChanges.None)}",
        BulkKind.Pause => "schedule.pause",
        BulkKind.Resume => "schedule.resume",
        BulkKind.Delete => "schedule.delete",
        _ => "schedule.update",
    };

    private static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    // One that cannot be planned stays as it is.
    private static ScheduleChange Edit(Schedule schedule, ScheduleEdit edit, DateTimeOffset now)
    {
        var after = edit.ApplyTo(schedule, now, out var broken);
        return broken is null ? ScheduleChange.Done(after) : ScheduleChange.Invalid(new Dictionary<string, string> { ["cron"] = broken });
    }

    private static Pause PauseOf(BulkAction action, string by, bool byOperator, Guid id, DateTimeOffset now) => new()
    {
        Id = id,
        Layer = PauseLayer.Schedule,
        Since = now,
        Until = action.Until,
        OnEnd = action.OnEnd ?? PauseEnd.Next,
        Cause = PauseCause.Asked,
        Note = action.Note!,
        By = by,
        ByOperator = byOperator,
    };
}
