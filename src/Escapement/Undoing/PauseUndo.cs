using Escapement.Audit;
using Escapement.Installs;
using Escapement.Pausing;
using Escapement.Repeats;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Undoing;

/// <summary>
/// Takes back pauses above the schedules, and their ends. A pause that is taken back ends as it says itself; one that comes back begins anew, and what
/// was let go meanwhile stays let go.
/// </summary>
internal sealed class PauseUndo(IPauseStore pauses, IInstallStore installs, PauseOperations operations, WakeSignal wake, TimeProvider time) : IUndo
{
    /// <summary>What an entry paused or resumed above the schedules; null when it did neither.</summary>
    public static PauseTarget? Targets(AuditEntry entry) => (entry.Changes.Of(ScheduleFields.Pause), entry.Action.Split('.')[0]) switch
    {
        (null, _) => null,
        (_, "host") => PauseTarget.Host,
        (_, "tenant") => new PauseTarget(entry.Tenant, null),
        (_, "install") => new PauseTarget(entry.Tenant, entry.Install),
        _ => null,
    };

    public async ValueTask<UndoOutcome> PreviewAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        var target = Targets(request.Undone)!.Value;
        if (await IsUninstalledAsync(target, cancellationToken))
        {
            return Uninstalled;
        }

        var current = await operations.GetAsync(target, cancellationToken);
        return PauseFields.Differences(request.Changes, current) is { Count: > 0 } differences
            ? new UndoOutcome.Differs(differences)
            : Refuse(request) ?? new UndoOutcome.Possible(new UndoPreview(
                request.Undone, NextDueAt: null, current is null ? null : await operations.PreviewAsync(target, onEnd: null, cancellationToken)));
    }

    public async ValueTask<UndoOutcome> UndoAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        if (Refuse(request) is { } refusal)
        {
            return refusal;
        }

        var (target, changes, now) = (Targets(request.Undone)!.Value, request.Changes, time.GetUtcNow());
        if (await IsUninstalledAsync(target, cancellationToken))
        {
            return Uninstalled;
        }

        bool IsAsLeft(Pause? current) => PauseFields.Differences(changes, current).Count == 0;
        UndoOutcome Answered(PauseOutcome outcome) => outcome switch
        {
            PauseOutcome.Done => request.Done(outcome.Changed),
            PauseOutcome.ChangedMeanwhile changed => new UndoOutcome.Differs(PauseFields.Differences(changes, changed.Current)),
            PauseOutcome.Refused => Uninstalled,
            _ => new UndoOutcome.OperatorsOnly(),
        };

        AnswerKeeping.Translate<PauseOutcome, UndoOutcome>(Answered);
        if (PauseFields.Before(changes) is not { } before)
        {
            var ended = await pauses.ResumeAsync(
                target,
                new PauseEnding(now, OnEnd: null, request.ByOperator) { Expected = IsAsLeft, ShownAt = request.ShownAt },
                request.Entry,
                cancellationToken);
            wake.Announce(DateTimeOffset.MinValue);
            return Answered(ended);
        }

        var pause = before with { Id = Ids.Next(time), Layer = target.Layer, Since = now };
        var begun = await pauses.PauseAsync(new OuterPause(target, pause), request.Entry, IsAsLeft, cancellationToken);
        if (pause.Until is { } until)
        {
            wake.Announce(until);
        }

        return Answered(begun);
    }

    private static UndoOutcome.Refused Uninstalled { get; } =
        new([new Problem("installId", "uninstalled", "The install was uninstalled; bring it back first, and take this back then")]);

    // It keeps its pause for when it comes back, which is no reason to change that meanwhile.
    private async ValueTask<bool> IsUninstalledAsync(PauseTarget target, CancellationToken cancellationToken) =>
        target.Install is { } install && await installs.GetAsync(new InstallScope(target.Tenant!.Value, install), cancellationToken) is null;

    private UndoOutcome? Refuse(UndoRequest request) => (PauseFields.Before(request.Changes), PauseFields.After(request.Changes)) switch
    {
        ({ ByOperator: true }, _) or (_, { ByOperator: true }) when !request.ByOperator => new UndoOutcome.OperatorsOnly(),
        ({ Until: { } until }, _) when until <= time.GetUtcNow() =>
            new UndoOutcome.Refused([new Problem(ScheduleFields.Pause, "over", ScheduleMessages.PauseIsOver(until))]),
        _ => null,
    };
}
