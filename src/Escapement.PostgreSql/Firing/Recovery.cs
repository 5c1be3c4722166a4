using Escapement.Firing.Ending;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>Takes back runs of one bucket whose lease ran out, in one transaction.</summary>
internal sealed class Recovery(Session session, short bucket, RecoveryRequest request)
{
    /// <summary>How many one transaction takes.</summary>
    public const int MaxBatch = 500;

    public async ValueTask<RecoveredRuns> RunAsync(CancellationToken cancellationToken)
    {
        session.Begin().Sql("recover_select").Set("bucket", bucket).Set("now", request.Now).Set("limit", (long)MaxBatch);
        List<(RunningRun Run, bool HasInstall)> lost;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            lost = await rows.ListAsync(r => (StoredRunningRun.Read(r), r.Bool(16)), cancellationToken);
        }

        List<SettledRun> settled = [];
        if (lost.Count > 0)
        {
            session.Sql("recover_take").Set("bucket", bucket).Set("schedules", lost.Select(l => l.Run.Schedule.Value));
            var there = await HoldSchedulesAsync(lost.Select(l => l.Run.Schedule.Value), cancellationToken);
            settled = [.. lost.OrderBy(l => l.Run.Schedule.Value)
                .Select(l => LostRuns.Settle(l.Run, request, l.HasInstall, there.Contains(l.Run.Schedule.Value)))];
            SettledRuns.Write(session, bucket, settled);
            Show(settled.FindAll(s => !s.IsQueued));
        }

        await session.Commit().RunAsync(cancellationToken);
        return RecoveredRuns.Of(settled);
    }

    private async ValueTask<HashSet<Guid>> HoldSchedulesAsync(IEnumerable<Guid> schedules, CancellationToken cancellationToken)
    {
        session.Sql("record_hold_schedules").Set("bucket", bucket).Set("ids", schedules);
        await using var rows = await session.OpenAsync(cancellationToken);
        return [.. await rows.ListAsync(r => r.Id(0), cancellationToken)];
    }

    private void Show(List<SettledRun> abandoned)
    {
        if (abandoned.Count > 0)
        {
            session.Sql("recover_schedule")
                .Set("bucket", bucket)
                .Set("ids", abandoned.Select(s => s.Run.Schedule.Value))
                .Set("runs", abandoned.Select(s => s.Run.Id.Value))
                .Set("started", abandoned.Select(s => s.Run.StartedAt))
                .Set("finished", abandoned.Select(s => s.At))
                .Set("errors", abandoned.Select(s => s.Error));
        }
    }
}
