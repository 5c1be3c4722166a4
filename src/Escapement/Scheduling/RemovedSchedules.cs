using Escapement.Audit;
using Escapement.Waking;

namespace Escapement.Scheduling;

/// <summary>What was deleted of an install's schedules: listing it, bringing it back with its id, and removing it for good.</summary>
internal sealed class RemovedSchedules(IRemovedScheduleStore store, AuditLog audit, ScheduleLimits limits, WakeSignal wake, TimeProvider time)
{
    /// <summary>What can be restored, the latest first.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="behind">The last row of the page before; null for the first page.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<IReadOnlyList<RemovedSchedule>> ListAsync(
        InstallScope scope, RemovedScheduleCursor? behind, int limit, CancellationToken cancellationToken = default) =>
        store.ListAsync(scope, Since, behind ?? RemovedScheduleCursor.Start, limit, cancellationToken);

    /// <summary>Until when something can be restored that was removed at an instant.</summary>
    public DateTimeOffset Until(DateTimeOffset removedAt) => removedAt + limits.RestorableFor;

    /// <summary>Brings a schedule back; it counts from now.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="id">The schedule; any text, unknown ids are refused.</param>
    /// <param name="name">What it is called from then on, because its name is taken meanwhile; null for the name that it had.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<ScheduleChange> RestoreAsync(
        InstallScope scope, string id, string? name, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var entry = AuditEntry.Of(time, scope, actor, "schedule.restore", id);
        if (!ScheduleId.TryParse(id, out var schedule))
        {
            return await AuditAsync(ScheduleChange.NotFound, entry, cancellationToken);
        }

        string? trimmed = null;
        if (name is not null && ScheduleName.Read(name, out trimmed) is { } problem)
        {
            return await AuditAsync(ScheduleChange.Invalid(new Dictionary<string, string> { ["name"] = problem }), entry, cancellationToken);
        }

        Schedule Change(Schedule kept) => Restoring.Of(name is null ? kept : kept with { Name = trimmed }, now);

        var change = await store.RestoreAsync(scope, schedule, Since, Change, limits.At(now), entry, cancellationToken);
        if (change is { Schedule.ClaimAt: { } due })
        {
            wake.Announce(due);
        }

        return await AuditAsync(change, entry, cancellationToken);
    }

    /// <summary>Removes a schedule for good.</summary>
    public async ValueTask<ScheduleChange> PurgeAsync(InstallScope scope, string id, Actor actor, CancellationToken cancellationToken = default)
    {
        var entry = AuditEntry.Of(time, scope, actor, "schedule.purge", id);
        return await AuditAsync(
            ScheduleId.TryParse(id, out var schedule) ? await store.PurgeAsync(scope, schedule, Since, entry, cancellationToken) : ScheduleChange.NotFound,
            entry,
            cancellationToken);
    }

    private DateTimeOffset Since => time.GetUtcNow() - limits.RestorableFor;

    // What is done has its entry in its own transaction.
    private async ValueTask<ScheduleChange> AuditAsync(ScheduleChange change, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (!change.IsDone)
        {
            await audit.RecordAsync(entry.Refused(change.Error, change.Kind.ToString()), cancellationToken);
        }

        return change;
    }
}
