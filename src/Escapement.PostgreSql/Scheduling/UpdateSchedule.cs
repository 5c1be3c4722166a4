using Escapement.Extensions;
using Escapement.PostgreSql.Connections;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Changes a schedule, which is held from the look at it to the commit.</summary>
internal static class UpdateSchedule
{
    public static async ValueTask<ScheduleChange> RunAsync(
        Session session, InstallScope scope, ScheduleId id, Func<Schedule, Schedule> change, ScheduleChangeLimits limits, CancellationToken cancellationToken)
    {
        ChangeGate.Ask(session, scope);
        ScheduleRow.Ask(session, "lock_schedule", scope, id);
        ChangeGate gate;
        Schedule? current;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            gate = await ChangeGate.ReadAsync(rows, limits, cancellationToken);
            await rows.NextAsync(cancellationToken);
            current = await rows.FirstAsync(ScheduleRow.Read, cancellationToken);
        }

        gate.Pay(session, scope, limits.Now);
        if ((gate.Refusal ?? (current is null ? ScheduleChange.NotFound : null)) is { } refused)
        {
            return refused;
        }

        var wanted = change(current!);
        if (wanted.Name is { } name && name != current!.Name && await ScheduleRow.HolderAsync(session, scope, name, cancellationToken) is { } holder && holder != id)
        {
            return ScheduleChange.NameTaken;
        }

        // Column by column: whatever else the function returned belongs to the firing path or never changes.
        var stored = current! with
        {
            Name = wanted.Name,
            Endpoint = wanted.Endpoint,
            Cron = wanted.Cron,
            TimeZone = wanted.TimeZone,
            Enabled = wanted.Enabled,
            Payload = wanted.Payload,
            Policy = wanted.Policy,
            NextDueAt = gate.InstallEnabled && wanted.Enabled ? wanted.NextDueAt : null,
            UpdatedAt = limits.Now,
            Revision = current!.Revision + 1,
        };
        session.Sql("update_schedule").SetChangeable(stored);
        return ScheduleChange.Done(stored);
    }
}
