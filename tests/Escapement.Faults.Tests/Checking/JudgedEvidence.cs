using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Faults.Tests.Checking;

/// <summary>Evidence that is good, for tests that break one thing in it and have it judged.</summary>
public abstract class JudgedEvidence
{
    private protected static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly Guid Id = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private protected static readonly Lapse Clock = new(T0, 60);

    // Made at 12:01, so that it is due at 12:05, 12:10, 12:15 and 12:20; and it is 12:22.
    private protected ScheduleStory Story { get; } = new(Id, new Rule(Minute(1), "*/5 * * * *", "UTC", true));

    private protected HashSet<string> Killed { get; } = [];

    private protected List<Trouble> Faults { get; } = [];

    private protected static DateTimeOffset Minute(double minutes) => T0.AddMinutes(minutes);

    private protected static DateTimeOffset Real(double minutes) => Clock.RealOf(Minute(minutes));

    private protected static Guid Run(double minute) => new(1, 0, 0, BitConverter.GetBytes(minute));

    private protected static string Key(double minute) => Run(minute).ToString();

    private protected static LedgerRow Row(double minute) => new()
    {
        Id = Run(minute), Schedule = Id, DueAt = Minute(minute), State = RunState.Succeeded, Attempt = 1, Node = "a1",
        CreatedAt = Minute(minute), FinishedAt = Minute(minute + 0.5), StatusCode = 200,
    };

    private protected static Call Called(double minute) => new(
        Key(minute), Id.ToString(), Minute(minute).ToString("O"), RunTrigger.Schedule, 1, "a1", Real(minute), Real(minute + 0.5), "200");

    private protected static Evidence Good() => new()
    {
        Ledger = [.. ((double[])[5, 10, 15, 20]).Select(Row)],
        Calls = [.. ((double[])[5, 10, 15, 20]).Select(Called)],
        Schedules = [new StoredSchedule(Id, "client-1", "*/5 * * * *", "UTC", true, Minute(25), null, Minute(1), Minute(1), 1)],
        Audit = [new AuditRow("schedule.create", Id.ToString(), true, null)],
    };

    private protected static Evidence With(LedgerRow row)
    {
        var good = Good();
        return good with { Ledger = [.. good.Ledger.Select(r => r.DueAt == row.DueAt ? row : r)] };
    }

    private protected Verdict Judge(Evidence evidence)
    {
        var verdict = new Verdict();
        var answers = new Answers(new Dictionary<Guid, ScheduleStory> { [Id] = Story }, new HashSet<string>(), [.. WithRunNow(evidence)]);
        var all = new Troubles(Faults, Clock);
        LedgerCheck.Run(answers.AllStories(evidence), evidence, all, Clock, Minute(22), verdict);
        CallCheck.Run(evidence, all, Killed, Minute(22), isOver: true, verdict);
        AuditCheck.Run(answers, evidence, verdict);
        return verdict;
    }

    private static IEnumerable<Guid> WithRunNow(Evidence evidence) =>
        evidence.Audit.Any(a => a.Action is "schedule.update" && a.Detail == "payload") || evidence.Ledger.Any(r => r.Trigger == RunTrigger.RunNow)
            ? [Run(21)]
            : [];
}
