using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>
/// A run as its columns, in the order in which <c>get_run</c> and its like select them, and one that is asked for as <c>asked_insert</c> takes it.
/// </summary>
internal static class StoredRun
{
    public static Run Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct
    {
        var asked = RunAskJson.Read(row.TextOrNull(16));
        return new Run
        {
            Id = new RunId(row.Id(0)),
            Scope = new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(2))),
            Schedule = new ScheduleId(row.Id(3)),
            DueAt = row.Time(4),
            Trigger = (RunTrigger)row.Int(5),
            State = (RunState)row.Int(6),
            Reason = (RunReason)row.Int(7),
            Attempt = row.Int(8),
            AvailableAt = row.TimeOrNull(9),
            Node = row.TextOrNull(10),
            CreatedAt = row.Time(11),
            StartedAt = row.TimeOrNull(12),
            FinishedAt = row.TimeOrNull(13),
            StatusCode = row.IntOrNull(14),
            Error = row.TextOrNull(15),
            RequestedBy = asked?.By,
            Note = asked?.Note,
            Repeats = asked?.Repeats,
            Occurrence = asked?.Occurrence,
            Backfill = asked?.Backfill,
            MissedCount = row.IntOrNull(17),
            MissedFrom = row.TimeOrNull(18),
            MissedTo = row.TimeOrNull(19),
            EarlierAttempts = LedgerJson.ReadAttempts(row.TextOrNull(20)),
            Evidence = LedgerJson.ReadEvidence(row.TextOrNull(21)),
            Version = row.IdOrNull(22) is { } version ? new VersionId(version) : null,
            Pause = KeptPauseJson.Read(row.TextOrNull(23)),
            PayloadRevision = row.LongOrNull(24),
        };
    }

    public static StartedOccurrence ReadStarted<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct
    {
        var (due, started) = (row.Time(0), row.Time(1));
        var place = row.TextOrNull(3) is { } policy && row.TextOrNull(4) is { } cron
            && OccurrenceCalendar.Find(cron, row.Text(5), out _) is { } calendar
            ? StartTime.PlaceOf(new ScheduleId(row.Id(2)), PolicyJson.Read(policy).Spread, calendar)
            : TimeSpan.Zero;
        return new StartedOccurrence(due + place, started);
    }

    public static WaitingOccurrences ReadWaiting<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new((int)row.Long(0), row.TimeOrNull(1));

    public static KeptPayload ReadPayload<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Utf8OrNull(0));

    /// <summary>Sets all that is not the store's to say: its due time, which may be taken, and how a store keeps triggers.</summary>
    public static TValues WriteAsked<TValues>(TValues statement, AskedRun run)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", run.Id.Value)
        .Set("tenant", run.Scope.Tenant.Value)
        .Set("install", run.Scope.Install.Value)
        .Set("schedule", run.Schedule.Value)
        .Set("now", run.At)
        .Set("asked", RunAskJson.Write(new RunAsk(run.By, run.Note) { Repeats = run.Repeats, Occurrence = run.Occurrence }))
        .Set("payload_revision", run.PayloadRevision);
}
