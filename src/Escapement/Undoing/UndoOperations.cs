using Escapement.Audit;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Undoing;

/// <summary>
/// Taking a change back by its audit entry: each field that it changed becomes what it was before, if the thing is as the change left it. It takes no
/// token of the install's, leaves an entry of its own, and can be taken back in turn.
/// </summary>
internal sealed class UndoOperations(
    IAuditStore store, ScheduleUndo schedules, InstallUndo installs, PauseUndo pauses, AuditLog audit, TimeProvider time)
{
    /// <summary>What taking a change back would do.</summary>
    /// <param name="tenant">Whose entry it is; null for one of none.</param>
    /// <param name="id">The entry; any text, unknown ids are refused.</param>
    /// <param name="name">What a schedule is called from then on; null for the name that it had.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="byOperator">Whether that is an operator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<UndoOutcome> PreviewAsync(
        TenantId? tenant, string id, string? name, Actor actor, bool byOperator, CancellationToken cancellationToken = default)
    {
        var (refusal, request, kind) = await ReadAsync(tenant, id, name, actor, byOperator, cancellationToken);
        return refusal ?? await kind!.PreviewAsync(request!, cancellationToken);
    }

    /// <summary>Takes a change back.</summary>
    /// <param name="tenant">Whose entry it is; null for one of none.</param>
    /// <param name="id">The entry; any text, unknown ids are refused.</param>
    /// <param name="name">What a schedule is called from then on; null for the name that it had.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="byOperator">Whether that is an operator.</param>
    /// <param name="shownAt">When they were shown what it would do, so that no more is done than that; null when they were not.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<UndoOutcome> UndoAsync(
        TenantId? tenant,
        string id,
        string? name,
        Actor actor,
        bool byOperator,
        DateTimeOffset? shownAt = null,
        CancellationToken cancellationToken = default)
    {
        var (refusal, request, kind) = await ReadAsync(tenant, id, name, actor, byOperator, cancellationToken);
        var outcome = refusal ?? await kind!.UndoAsync(request! with { ShownAt = shownAt }, cancellationToken);
        if (request is not null && outcome is not UndoOutcome.Done)
        {
            var refused = request.Entry with { Action = ActionOf(request.Undone, "undo") };
            await audit.RecordAsync(refused.Refused(outcome.Refusal, outcome.GetType().Name), cancellationToken);
        }

        return outcome;
    }

    private async ValueTask<(UndoOutcome? Refusal, UndoRequest? Request, IUndo? Kind)> ReadAsync(
        TenantId? tenant, string id, string? name, Actor actor, bool byOperator, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var known) || await store.FindAsync(tenant, known, cancellationToken) is not { } undone)
        {
            return (new UndoOutcome.Unknown(), null, null);
        }

        var request = new UndoRequest(undone, EntryOf(undone, actor), name, byOperator);
        if (KindOf(undone) is not { } kind)
        {
            return (new UndoOutcome.NotUndoable(undone.Outcome == AuditOutcome.Done
                ? $"{undone.Action} is no change that can be taken back"
                : "It was refused, so there is nothing to take back"), request, null);
        }

        if (name is not null && ScheduleName.Read(name, out name) is { } problem)
        {
            return (new UndoOutcome.Refused([new Problem("name", "invalid", problem)]), request, null);
        }

        var whole = await WithValuesAsync(undone, cancellationToken);
        return whole is null ? (new UndoOutcome.ValuesGone(), request, null) : (null, request with { Undone = whole, Name = name }, kind);
    }

    private IUndo? KindOf(AuditEntry entry) => entry switch
    {
        { Outcome: not AuditOutcome.Done } or { Changes.Count: 0 } => null,
        _ when entry.Action.StartsWith("schedule.", StringComparison.Ordinal) => schedules,
        _ when PauseUndo.Targets(entry) is not null => pauses,
        _ when entry.Action.StartsWith("install.", StringComparison.Ordinal) => installs,
        _ => null,
    };

    // Null when one is not kept any more.
    private async ValueTask<AuditEntry?> WithValuesAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var needed = entry.Changes.NeededForUndo.ToHashSet(StringComparer.Ordinal);
        if (needed.Count == 0)
        {
            return entry;
        }

        var scope = new InstallScope(entry.Tenant!.Value, entry.Install!.Value);
        var found = await store.FindValuesAsync(scope, needed, time.GetUtcNow() - AuditValue.KeptFor, cancellationToken);
        return found.Count < needed.Count ? null : entry with { Changes = entry.Changes.With(found) };
    }

    private static string ActionOf(AuditEntry undone, string verb) => $"{undone.Action.Split('.')[0]}.{verb}";

    private AuditEntry EntryOf(AuditEntry undone, Actor actor) => AuditEntry.Of(
        time,
        scope: null,
        actor,
        ActionOf(undone, PauseFields.UndoVerbOf(undone.Changes)),
        undone.Target,
        detail: $"{undone.Action} by {undone.Actor.Id} at {Timestamps.Format(undone.At)}")
        with { Tenant = undone.Tenant, Install = undone.Install, Undoes = undone.Id };
}
