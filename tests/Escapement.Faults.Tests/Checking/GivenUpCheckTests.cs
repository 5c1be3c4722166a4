using Escapement.Firing.Claiming;
using Escapement.Runs;

namespace Escapement.Faults.Tests.Checking;

/// <summary>What a change may give up, and nothing else: answered changes, those that got no answer, and none at all.</summary>
public sealed class GivenUpCheckTests : JudgedEvidence
{
    [Fact]
    public void Judge_GivenUpForAChangeThatNobodyMade_Fails()
    {
        var good = With(Row(10) with { State = RunState.Abandoned, Reason = RunReason.ScheduleChanged, Node = null, StatusCode = null });

        var verdict = Judge(good with { Calls = [.. good.Calls.Where(c => c.Key != Key(10))] });

        Assert.Contains("given up for a change, and there was none", Assert.Single(verdict.Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_GivenUpForAnAnsweredChange_IsGoodOnlyAtTheInstantOfThatChange()
    {
        Story.Change(Minute(10.2), Minute(10), "*/20 * * * *", enabled: true, revision: 2);

        Assert.Empty(Judge(WithGivenUp(10.2, RunReason.ScheduleChanged)).Wrong);
        Assert.Contains("there was none", Assert.Single(Judge(WithGivenUp(10.4, RunReason.ScheduleChanged)).Wrong), StringComparison.Ordinal);
        Assert.Contains("there was none", Assert.Single(Judge(WithGivenUp(10.2, RunReason.ScheduleDisabled)).Wrong), StringComparison.Ordinal);
    }

    // Asked for at 12:09:54, due at 12:10, and made at 12:10:12, when no claim had come yet; and then the answer was lost.
    [Theory]
    [InlineData("*/20 * * * *", true, RunReason.ScheduleChanged)]
    [InlineData("*/5 * * * *", false, RunReason.ScheduleDisabled)]
    public void Judge_GivenUpForAChangeThatWasAskedForBeforeItWasDueAndNotAnswered_IsGood(string cron, bool enabled, RunReason reason)
    {
        Story.Doubt(Minute(9.9), cron, enabled);

        Assert.Empty(Judge(WithGivenUp(10.2, reason)).Wrong);
    }

    [Fact]
    public void Judge_GivenUpForAChangeThatWasNotAnsweredAndIsNotStored_Fails()
    {
        Story.Doubt(Minute(9.9), "*/20 * * * *", enabled: true);
        var stored = WithGivenUp(10.2, RunReason.ScheduleChanged);

        var verdict = Judge(stored with { Schedules = Good().Schedules, Audit = Good().Audit });

        Assert.Contains("there was none", Assert.Single(verdict.Wrong), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/20 * * * *", true, RunReason.ScheduleDisabled)]
    [InlineData("*/5 * * * *", true, RunReason.ScheduleChanged)]
    [InlineData("*/20 * * * *", false, RunReason.ScheduleChanged)]
    public void Judge_GivenUpForAnotherChangeThanTheOneThatWasNotAnswered_Fails(string cron, bool enabled, RunReason reason)
    {
        Story.Doubt(Minute(9.9), cron, enabled);

        Assert.Contains("there was none", Assert.Single(Judge(WithGivenUp(10.2, reason)).Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_GivenUpLongBeforeTheChangeThatWasNotAnswered_Fails()
    {
        Story.Doubt(Minute(13), "*/20 * * * *", enabled: true);

        Assert.Contains("there was none", Judge(WithGivenUp(10.2, RunReason.ScheduleChanged)).Wrong[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_GivenUpLongAfterItWasDue_FailsUnlessAFaultHeldItUp()
    {
        Story.Change(Minute(15.2), Minute(15), "*/20 * * * *", enabled: true, revision: 2);
        var late = WithGivenUp(15.2, RunReason.ScheduleChanged);
        late = late with
        {
            Ledger = [.. late.Ledger.Select(r => r.DueAt == Minute(10) ? r with { Missed = new(Minute(10), Minute(15), 2, r.Reason) } : r)],
        };

        Assert.Contains(Judge(late).Wrong, w => w.Contains("not been claimed", StringComparison.Ordinal));

        Faults.Add(new Trouble("DatabaseCrash", null, Real(11), Real(12)));
        Assert.Empty(Judge(late).Wrong);
    }

    // 12:10 was given up by the change that has the schedule due at 12:20 next.
    private static Evidence WithGivenUp(double minute, RunReason reason)
    {
        var row = Row(10) with
        {
            State = RunState.Abandoned, Reason = reason, Attempt = 0, Node = null, StatusCode = null, CreatedAt = Minute(minute), FinishedAt = Minute(minute),
        };
        var good = With(row);
        return good with
        {
            Ledger = [.. good.Ledger.Where(r => r.DueAt != Minute(15))],
            Calls = [.. good.Calls.Where(c => c.Key != Key(10) && c.Key != Key(15))],
            Schedules = [good.Schedules[0] with { Cron = "*/20 * * * *", Revision = 2 }],
            Audit = [.. good.Audit, new AuditRow("schedule.update", Id.ToString(), true, null)],
        };
    }
}
