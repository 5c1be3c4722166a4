using Escapement.Installs;
using Escapement.Pausing;
using Escapement.Repeats;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Undoing;

/// <summary>Takes back changes of a schedule: edits, pauses, skips, its deletion, its creation.</summary>
internal sealed class ScheduleUndo(
    IScheduleStore schedules,
    IRemovedScheduleStore removed,
    InstalledExtensions extensions,
    PauseOperations pauses,
    ScheduleLimits limits,
    WakeSignal wake,
    TimeProvider time) : IUndo
{
    public async ValueTask<UndoOutcome> PreviewAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        if (!ScheduleId.TryParse(request.Undone.Target, out var id))
        {
            return new UndoOutcome.Unknown();
        }

        var now = time.GetUtcNow();
        var current = await schedules.GetAsync(request.Scope, id, cancellationToken);
        if (ScheduleFields.Differences(request.Changes, current, now) is { Count: > 0 } differences)
        {
            return new UndoOutcome.Differs(differences);
        }

        if (IsOperatorsOnly(request))
        {
            return new UndoOutcome.OperatorsOnly();
        }

        switch (request.Changes.Makes)
        {
            case true:
                return new UndoOutcome.Possible(new UndoPreview(request.Undone));
            case false:
                var restored = await removed.PreviewRestoreAsync(
                    request.Scope, id, now - limits.RestorableFor, kept => Back(kept, request.Name, now), limits.At(now), cancellationToken);
                return restored.Schedule is { } whole
                    ? new UndoOutcome.Possible(new UndoPreview(request.Undone, whole.NextDueAt))
                    : RefusalOf(restored);
            default:
                var undone = ScheduleFields.Undo(current!, request.Changes, request.Name, Ids.Next(time), now);
                return undone.Schedule is not { } back ? RefusalOf(undone)
                    : await FindClashAsync(request.Scope, current!, back, cancellationToken) is { } clash ? RefusalOf(clash)
                    : new UndoOutcome.Possible(new UndoPreview(
                        request.Undone,
                        back.NextDueAt,
                        EndsPause(request) ? await pauses.PreviewScheduleAsync(request.Scope, id.ToString(), onEnd: null, cancellationToken) : null));
        }
    }

    public async ValueTask<UndoOutcome> UndoAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        if (!ScheduleId.TryParse(request.Undone.Target, out var id))
        {
            return new UndoOutcome.Unknown();
        }

        if (IsOperatorsOnly(request))
        {
            return new UndoOutcome.OperatorsOnly();
        }

        var (scope, changes, now, pause) = (request.Scope, request.Changes, time.GetUtcNow(), Ids.Next(time));
        bool IsAsLeft(Schedule current) => ScheduleFields.Differences(changes, current, now).Count == 0;
        UndoOutcome Answered(ScheduleChange change) => change switch
        {
            { IsDone: true } => request.Done(change.Changes),
            { Kind: ScheduleChangeKind.ChangedMeanwhile, Current: { } current } => new UndoOutcome.Differs(ScheduleFields.Differences(changes, current, now)),
            { Kind: ScheduleChangeKind.NotFound or ScheduleChangeKind.InstallGone } when changes.Makes != false =>
                new UndoOutcome.Differs(ScheduleFields.Differences(changes, null, now)),
            _ => RefusalOf(change),
        };

        AnswerKeeping.Translate<ScheduleChange, UndoOutcome>(Answered);
        var terms = limits.At(now) with { IsFree = true, Expected = IsAsLeft };
        var change = changes.Makes switch
        {
            true => await schedules.DeleteAsync(scope, id, terms, request.Entry, cancellationToken),
            false => await removed.RestoreAsync(
                scope, id, now - limits.RestorableFor, kept => Back(kept, request.Name, now), terms with { Expected = null }, request.Entry, cancellationToken),
            _ => await schedules.UpdateAsync(
                scope, id, left => ScheduleFields.Undo(left, changes, request.Name, pause, now, request.ShownAt), terms, request.Entry, cancellationToken),
        };
        if (change is { Schedule.ClaimAt: { } due })
        {
            wake.Announce(due);
        }

        // Somebody else has brought it back.
        return !change.IsDone
            && changes.Makes == false
            && await schedules.GetAsync(scope, id, cancellationToken) is { } there
            ? new UndoOutcome.Differs(ScheduleFields.Differences(changes, there, now))
            : Answered(change);
    }

    // What the commit would be refused for, which looks again.
    private async ValueTask<ScheduleChange?> FindClashAsync(InstallScope scope, Schedule current, Schedule back, CancellationToken cancellationToken)
    {
        if (ScheduleRules.AsksForName(current, back) && await schedules.FindByNameAsync(scope, back.Name!, cancellationToken) is not null)
        {
            return ScheduleChange.NameTaken;
        }

        return ScheduleRules.AsksForEndpoint(current, back)
            && await extensions.GetAsync(scope, cancellationToken) is { Version.Endpoints: var there }
            && !there.Any(e => e.Declared.Schedulable && e.Declared.Key == back.Endpoint)
            ? ScheduleChange.NoEndpoint(back.Endpoint)
            : null;
    }

    private static UndoOutcome.Refused NotKept { get; } = new([new Problem("exists", "not-kept", "What was deleted is not kept any more")]);

    private static Schedule Back(Schedule kept, string? name, DateTimeOffset now) =>
        Restoring.Of(name is null ? kept : kept with { Name = name }, now);

    private static bool EndsPause(UndoRequest request) => request.Changes.Of(ScheduleFields.Pause) is { Before: null };

    private static bool IsOperatorsOnly(UndoRequest request) =>
        !request.ByOperator
        && request.Changes.Makes is null
        && (PauseFields.Before(request.Changes) ?? PauseFields.After(request.Changes)) is { ByOperator: true };

    private static UndoOutcome RefusalOf(ScheduleChange change) => change switch
    {
        { Kind: ScheduleChangeKind.NotFound } => NotKept,
        { FieldErrors: { } errors } => new UndoOutcome.Refused([.. errors.Select(e => new Problem(
            e.Key, "refused", e.Value == ScheduleMessages.NameTaken ? $"{e.Value}: give it another as name" : e.Value))]),
        _ => new UndoOutcome.Refused([new Problem("", "refused", change.Error!)]),
    };
}
