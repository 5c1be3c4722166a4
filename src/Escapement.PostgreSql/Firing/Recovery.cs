using System.Globalization;
using Escapement.Firing.Ending;
using Escapement.PostgreSql.Connections;
using Escapement.Runs;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>Takes back runs of one bucket whose lease ran out, in one transaction.</summary>
internal sealed class Recovery(Session session, short bucket, DateTimeOffset now, int maxLostAttempts)
{
    /// <summary>How many one transaction takes.</summary>
    public const int MaxBatch = 500;

    private const string Lost = "The node that ran it was lost";

    public async ValueTask<RecoveredRuns> RunAsync(CancellationToken cancellationToken)
    {
        session.Begin().Sql("recover_select").Set("bucket", bucket).Set("now", now).Set("limit", (long)MaxBatch);
        List<(RunningRun Run, bool HasInstall)> expired;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            expired = await rows.ListAsync(r => (RunningRun.Read(r), r.Bool(14)), cancellationToken);
        }

        if (expired.Count > 0)
        {
            session.Sql("recover_take").Set("bucket", bucket).Set("schedules", expired.Select(e => e.Run.Schedule));
            var alive = await HoldSchedulesAsync(expired.Select(e => e.Run.Schedule), cancellationToken);
            var ended = expired.OrderBy(e => e.Run.Schedule).Select(e => End(e.Run, e.HasInstall, alive.Contains(e.Run.Schedule))).ToList();
            EndedRuns.Write(session, bucket, ended);
            var abandoned = ended.FindAll(e => e.State == RunState.Abandoned);
            Show(abandoned);
            await session.Commit().RunAsync(cancellationToken);
            return new RecoveredRuns(ended.Count - abandoned.Count, abandoned.Count);
        }

        await session.Commit().RunAsync(cancellationToken);
        return new RecoveredRuns(0, 0);
    }

    private async ValueTask<HashSet<Guid>> HoldSchedulesAsync(IEnumerable<Guid> schedules, CancellationToken cancellationToken)
    {
        session.Sql("complete_hold_schedules").Set("bucket", bucket).Set("ids", schedules);
        await using var rows = await session.OpenAsync(cancellationToken);
        return [.. await rows.ListAsync(r => r.Id(0), cancellationToken)];
    }

    private EndedRun End(RunningRun run, bool hasInstall, bool hasSchedule)
    {
        var again = run.LostAttempts + 1 < maxLostAttempts;
        var ended = new EndedRun(run) { State = RunState.Queued, Reason = RunReason.NodeLost, At = now, StartedAt = run.StartedAt, Lost = 1 };
        return again && hasSchedule
            ? ended with { EarlierAttempts = LedgerJson.Append(run.EarlierAttempts, new EndedAttempt(run.Attempt, run.StartedAt, now, RunReason.NodeLost, run.Node, Lost)) }
            : ended with
            {
                State = RunState.Abandoned,
                Reason = !hasInstall ? RunReason.InstallRemoved : !hasSchedule ? RunReason.ScheduleDeleted : RunReason.NodeLost,
                Error = string.Create(CultureInfo.InvariantCulture, $"{Lost}; attempts lost so: {run.LostAttempts + 1}"),
            };
    }

    private void Show(List<EndedRun> abandoned)
    {
        if (abandoned.Count > 0)
        {
            session.Sql("recover_schedule")
                .Set("bucket", bucket)
                .Set("now", now)
                .Set("ids", abandoned.Select(e => e.Run.Schedule))
                .Set("runs", abandoned.Select(e => e.Run.Id))
                .Set("started", abandoned.Select(e => e.StartedAt))
                .Set("errors", abandoned.Select(e => e.Error));
        }
    }
}
