using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Pausing;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>
/// What a change of a schedule meets, which is held from the look to the commit. Asked of one schedule or of many in one round trip, in the order in which
/// they are to be held.
/// </summary>
/// <param name="Gate">Its install.</param>
/// <param name="Current">The schedule; null for none.</param>
/// <param name="Over">The pauses above it.</param>
internal sealed record FoundForUpdate(ChangeGate Gate, Schedule? Current, IReadOnlyCollection<Pause> Over)
{
    public static async ValueTask<FoundForUpdate> FindAsync(
        Session session, InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, CancellationToken cancellationToken) =>
        (await FindAsync(session, [(scope, id)], limits, cancellationToken))[0];

    /// <summary>The same of several, in their order.</summary>
    public static async ValueTask<IReadOnlyList<FoundForUpdate>> FindAsync(
        Session session, IReadOnlyCollection<(InstallScope Scope, ScheduleId Id)> schedules, ScheduleChangeLimits limits, CancellationToken cancellationToken)
    {
        foreach (var (scope, id) in schedules)
        {
            GateRow.Ask(session, scope);
            ScheduleRow.Ask(session, "lock_schedule", scope, id);
            PauseRows.Ask(session, scope);
        }

        var found = new List<FoundForUpdate>(schedules.Count);
        if (schedules.Count == 0)
        {
            return found;
        }

        await using var rows = await session.OpenAsync(cancellationToken);
        foreach (var (scope, _) in schedules)
        {
            var gate = await GateRow.ReadAsync(rows, limits, cancellationToken);
            await rows.NextAsync(cancellationToken);
            var current = await rows.FirstAsync(StoredSchedule.Read, cancellationToken);
            await rows.NextAsync(cancellationToken);
            found.Add(new FoundForUpdate(gate, current, await PauseRows.OverAsync(rows, scope, cancellationToken)));
            await rows.NextAsync(cancellationToken);
        }

        return found;
    }
}
