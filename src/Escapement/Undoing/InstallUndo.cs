using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Repeats;

namespace Escapement.Undoing;

/// <summary>Takes back changes of an install: what it is granted, enabling and disabling it, installing and uninstalling it.</summary>
internal sealed class InstallUndo(
    IInstallStore installs, InstallOperations operations, RemovedInstalls removed, VersionCatalog versions, TimeProvider time) : IUndo
{
    public async ValueTask<UndoOutcome> PreviewAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        var (scope, changes) = (request.Scope, request.Changes);
        if (Refuse(changes) is { } refusal)
        {
            return refusal;
        }

        var current = await installs.GetAsync(scope, cancellationToken);
        if (InstallFields.Differences(changes, current) is { Count: > 0 } differences)
        {
            return new UndoOutcome.Differs(differences);
        }

        if (changes.Makes == false && await removed.FindClashAsync(scope, cancellationToken) is { } clash)
        {
            return new UndoOutcome.Refused([RemovedInstalls.ProblemOf(clash)]);
        }

        return await UndeclaredAsync(current, changes, cancellationToken) is { } undeclared
            ? undeclared
            : new UndoOutcome.Possible(new UndoPreview(request.Undone));
    }

    public async ValueTask<UndoOutcome> UndoAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        var (scope, changes, entry) = (request.Scope, request.Changes, request.Entry);
        if (Refuse(changes) is { } refusal)
        {
            return refusal;
        }

        var current = await installs.GetAsync(scope, cancellationToken);
        if (await UndeclaredAsync(current, changes, cancellationToken) is { } undeclared)
        {
            return undeclared;
        }

        bool IsAsLeft(Install install) => InstallFields.Differences(changes, install).Count == 0;
        UndoOutcome Answered(InstallOutcome outcome) => outcome is InstallOutcome.Done
            ? request.Done(outcome.Fields)
            : new UndoOutcome.Refused([RemovedInstalls.ProblemOf(outcome)]);

        AnswerKeeping.Translate<InstallOutcome, UndoOutcome>(Answered);
        var outcome = (changes.Makes, InstallFields.EnabledBefore(changes), InstallFields.GrantedBefore(changes)) switch
        {
            (true, _, _) => await operations.RemoveAsync(scope, entry, IsAsLeft, cancellationToken),
            (false, _, _) => await removed.RestoreAsync(scope, entry, cancellationToken),
            (_, { } enabled, _) => await operations.SetEnabledAsync(scope, enabled, entry, IsAsLeft, cancellationToken),
            (_, _, var granted) => await installs.ChangeAsync(
                scope,
                target: null,
                (install, _) => !IsAsLeft(install) || install.Version != current?.Version
                    ? InstallChange.Refuse(InstallOutcome.ChangedMeanwhile.Problems)
                    : InstallChange.To(install with { Granted = granted!, UpdatedAt = time.GetUtcNow() }, entry.Detail!),
                entry,
                cancellationToken),
        };
        return outcome is not InstallOutcome.Done
            && InstallFields.Differences(changes, await installs.GetAsync(scope, cancellationToken)) is { Count: > 0 } differences
            ? new UndoOutcome.Differs(differences)
            : Answered(outcome);
    }

    private static UndoOutcome.NotUndoable? Refuse(FieldChanges changes) => changes.Makes is null && changes.Of(InstallFields.Version) is not null
        ? new UndoOutcome.NotUndoable("Another version is taken back by going back to the version before, which looks at the schedules")
        : null;

    // Only what the installed version declares can be granted, and that may be another version by now.
    private async ValueTask<UndoOutcome?> UndeclaredAsync(Install? current, FieldChanges changes, CancellationToken cancellationToken) =>
        changes.Makes is null
        && InstallFields.GrantedBefore(changes) is { } granted
        && current is not null
        && await versions.GetAsync(current.Version, cancellationToken) is { } version
        && Grants.Of([.. granted], version) is { IsOk: false } undeclared
            ? new UndoOutcome.Refused(undeclared.Problems)
            : null;
}
