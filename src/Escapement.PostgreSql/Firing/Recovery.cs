using System.Globalization;
using Escapement.Firing;
using Escapement.PostgreSql.Connections;
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
        List<ExpiredRun> expired;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            expired = await rows.ListAsync(
                r => new ExpiredRun(r.Id(0), r.Time(1), r.Id(2), r.Int(3), r.Int(4), r.TimeOrNull(5), r.TextOrNull(6), r.TextOrNull(7), r.Bool(8)), cancellationToken);
        }

        var queued = await RequeueAsync(expired.FindAll(r => r.LostAttempts + 1 < maxLostAttempts), cancellationToken);
        var rest = expired.FindAll(r => !queued.Contains(r.Id));
        Abandon(rest);
        await session.Commit().RunAsync(cancellationToken);
        return new RecoveredRuns(queued.Count, rest.Count);
    }

    private async ValueTask<HashSet<Guid>> RequeueAsync(List<ExpiredRun> runs, CancellationToken cancellationToken)
    {
        var queued = new HashSet<Guid>();
        if (runs.Count > 0)
        {
            session.Sql("recover_requeue")
                .Set("bucket", bucket)
                .Set("now", now)
                .Set("ids", runs.Select(r => r.Id))
                .Set("dues", runs.Select(r => r.DueAt))
                .Set("schedules", runs.Select(r => r.Schedule))
                .Set("earlier_attempts", runs.Select(r => LedgerJson.Append(r.EarlierAttempts, new EndedAttempt(r.Attempt, r.StartedAt, now, RunReason.NodeLost, r.Node, Lost))));
            await using var rows = await session.OpenAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                queued.Add(rows.Id(0));
            }
        }

        return queued;
    }

    private void Abandon(List<ExpiredRun> runs)
    {
        if (runs.Count > 0)
        {
            session.Sql("recover_abandon")
                .Set("bucket", bucket)
                .Set("now", now)
                .Set("ids", runs.Select(r => r.Id))
                .Set("dues", runs.Select(r => r.DueAt))
                .Set("reasons", runs.Select(r => (int)Reason(r)))
                .Set("errors", runs.Select(Error));
            session.Sql("recover_schedule")
                .Set("bucket", bucket)
                .Set("now", now)
                .Set("ids", runs.Select(r => r.Schedule))
                .Set("runs", runs.Select(r => r.Id))
                .Set("started", runs.Select(r => r.StartedAt))
                .Set("errors", runs.Select(Error));
        }
    }

    // One that might have been queued again and was not has lost its schedule.
    private RunReason Reason(ExpiredRun run) => run switch
    {
        { HasInstall: false } => RunReason.InstallRemoved,
        _ when run.LostAttempts + 1 < maxLostAttempts => RunReason.ScheduleDeleted,
        _ => RunReason.NodeLost,
    };

    private static string Error(ExpiredRun run) => string.Create(CultureInfo.InvariantCulture, $"{Lost}; attempts lost so: {run.LostAttempts + 1}");

    private sealed record ExpiredRun(
        Guid Id, DateTimeOffset DueAt, Guid Schedule, int LostAttempts, int Attempt, DateTimeOffset? StartedAt, string? Node, string? EarlierAttempts, bool HasInstall);
}
