using Escapement.Firing;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>
/// Removes a schedule. Its open run is held first, because outcomes are written in that order too: run, then schedule. If a claim
/// opened another run in between, the look was in vain and is taken again.
/// </summary>
internal static class DeleteSchedule
{
    public static async ValueTask<ScheduleChangeOutcome> RunAsync(Session session, InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, CancellationToken cancellationToken)
    {
        ChangeGate.Ask(session, scope);
        ScheduleRow.Ask(session, "get_schedule", scope, id);
        ChangeGate gate;
        Schedule? current;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            gate = await ChangeGate.ReadAsync(rows, limits, cancellationToken);
            await rows.NextAsync(cancellationToken);
            current = await rows.FirstAsync(ScheduleRow.Read, cancellationToken);
        }

        gate.Pay(session, scope, limits.Now);
        if (gate.Refusal is { } refused)
        {
            return refused;
        }

        while (current is not null && !await TryDeleteAsync(session, current, limits.Now, cancellationToken))
        {
            current = await ScheduleRow.FindAsync(session, "get_schedule", scope, id, cancellationToken);
        }

        return current is null ? new ScheduleChangeOutcome.NotFound() : new ScheduleChangeOutcome.Changed(current);
    }

    private static async ValueTask<bool> TryDeleteAsync(Session session, Schedule current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(current.Scope.Tenant);
        if (current.ActiveRun is { } open)
        {
            session.Sql("lock_run").Set("bucket", bucket).Set("id", open.Value);
            await session.RunAsync(cancellationToken);
        }

        session.Sql("delete_schedule").Set("bucket", bucket).Set("id", current.Id.Value).Set("run", current.ActiveRun?.Value);
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            if (!await rows.ReadAsync(cancellationToken))
            {
                return false;
            }
        }

        if (current.ActiveRun is { } run)
        {
            session.Sql("abandon_queued")
                .Set("bucket", bucket)
                .Set("id", run.Value)
                .Set("reason", (int)RunReason.ScheduleDeleted)
                .Set("now", now);
        }

        return true;
    }
}
