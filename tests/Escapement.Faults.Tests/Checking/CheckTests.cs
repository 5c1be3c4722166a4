using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Faults.Tests.Checking;

/// <summary>A check that cannot fail is worth nothing: each of these breaks one thing in evidence that is good.</summary>
public sealed class CheckTests : JudgedEvidence
{
    [Fact]
    public void Judge_OneRowAndOneCallEach_IsGood()
    {
        var verdict = Judge(Good());

        Assert.Empty(verdict.Wrong);
        Assert.Equal((4, 0, 0, 0), (verdict.Checked, verdict.Losses, verdict.Duplicates, verdict.Repeats));
    }

    [Fact]
    public void Judge_RowIsGone_IsALoss()
    {
        var good = Good();

        var verdict = Judge(good with { Ledger = [.. good.Ledger.Where(r => r.DueAt != Minute(10))], Calls = [.. good.Calls.Where(c => c.Key != Key(10))] });

        Assert.Equal(1, verdict.Losses);
        Assert.Contains("12:10", Assert.Single(verdict.Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OccurrenceFiredAndMissedToo_IsADuplicate()
    {
        var good = Good();
        Faults.Add(new Trouble("fault", null, Real(9), Real(16)));

        var verdict = Judge(good with { Ledger = [.. good.Ledger, Missed(10, 15, 2)] });

        Assert.Equal(2, verdict.Duplicates);
    }

    [Fact]
    public void Judge_MissedRangeDuringAFault_IsGoodAndCountsAll()
    {
        var verdict = Judge(WithMissed(2, Minute(0), troubled: true));

        Assert.Empty(verdict.Wrong);
        Assert.Equal((4, 2), (verdict.Checked, verdict.Ends["missed"]));
    }

    [Fact]
    public void Judge_MissedRangeWithAWrongCount_Fails() =>
        Assert.Contains("there are 2", Assert.Single(Judge(WithMissed(3, Minute(0), troubled: true)).Wrong), StringComparison.Ordinal);

    [Fact]
    public void Judge_MissedWithoutAFault_Fails() =>
        Assert.Contains("nothing was wrong", Assert.Single(Judge(WithMissed(2, Minute(0), troubled: false)).Wrong), StringComparison.Ordinal);

    [Fact]
    public void Judge_RowOfNoOccurrence_Fails()
    {
        var good = Good();

        var verdict = Judge(good with { Ledger = [.. good.Ledger, Row(12)], Calls = [.. good.Calls, Called(12)] });

        Assert.Contains("no occurrences", Assert.Single(verdict.Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_RowMadeBeforeItWasDue_Fails() =>
        Assert.Contains("before it was due", Assert.Single(Judge(With(Row(10) with { CreatedAt = Minute(9) })).Wrong), StringComparison.Ordinal);

    [Fact]
    public void Judge_RowStillOpen_Fails() =>
        Assert.Contains("still Running", Assert.Single(Judge(With(Row(10) with { State = RunState.Running })).Wrong), StringComparison.Ordinal);

    [Fact]
    public void Judge_SkippedWithoutARunUnderWay_Fails()
    {
        var good = With(Row(20) with { State = RunState.Skipped, Attempt = 0 });

        var verdict = Judge(good with
        {
            Ledger = [.. good.Ledger.Select(r => r with { FinishedAt = Minute(14.9) })],
            Calls = [.. good.Calls.Where(c => c.Key != Key(20))],
        });

        Assert.Contains("there was none", Assert.Single(verdict.Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_SameAttemptCalledTwice_IsADuplicate()
    {
        var good = Good();

        Assert.Equal(1, Judge(good with { Calls = [.. good.Calls, Called(10) with { Node = "b1", Start = Real(11), End = Real(11) }] }).Duplicates);
    }

    [Fact]
    public void Judge_CalledWithAKeyThatNoRowHas_Fails()
    {
        var good = Good();

        Assert.NotEmpty(Judge(good with { Calls = [.. good.Calls, Called(10) with { Key = Guid.Empty.ToString() }] }).Wrong);
    }

    [Fact]
    public void Judge_RepeatedAfterItsNodeWasKilled_IsARepeat()
    {
        Killed.Add("a1");
        Faults.Add(new Trouble("Kill", "a1", Real(10.5), Real(11)));

        var verdict = Judge(Repeated());

        Assert.Empty(verdict.Wrong);
        Assert.Equal((0, 1), (verdict.Duplicates, verdict.Repeats));
    }

    [Fact]
    public void Judge_RepeatedAfterAFaultOfAnotherNode_IsADuplicate()
    {
        Killed.Add("a1");
        Faults.Add(new Trouble("Stall", "c1", Real(10.5), Real(11)));

        Assert.Equal(1, Judge(Repeated()).Duplicates);
    }

    [Fact]
    public void Judge_AttemptTakenBeforeItsNodeCalledAnything_IsNotHandledTwice()
    {
        var repeated = Repeated();

        var verdict = Judge(repeated with { Calls = [.. repeated.Calls.Where(c => c.End is not null)] });

        Assert.Empty(verdict.Wrong);
        Assert.Equal((0, 1), (verdict.Repeats, verdict.NeverBegun));
    }

    [Fact]
    public void Judge_CallWithoutAnEndOnALivingNode_Fails()
    {
        Faults.Add(new Trouble("Stall", "a1", Real(10.5), Real(11)));

        Assert.Contains("never ended", Assert.Single(Judge(Repeated()).Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_SucceededWithoutACall_Fails()
    {
        var good = Good();

        Assert.Contains("called 0 times", Assert.Single(Judge(good with { Calls = [.. good.Calls.Skip(1)] }).Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_SucceededWhereTheHandlerFailed_Fails()
    {
        var good = Good();

        var verdict = Judge(good with { Calls = [.. good.Calls.Select((c, i) => i == 0 ? c with { Result = "500" } : c)] });

        Assert.Contains("ended with 500", Assert.Single(verdict.Wrong), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schedule.create")]
    [InlineData("schedule.update")]
    [InlineData("schedule.run-now")]
    public void Judge_AuditEntryIsGone_Fails(string action)
    {
        var changed = WithChangeAndRunNow();
        Assert.Empty(Judge(changed).Wrong);

        Assert.Contains(action, Judge(changed with { Audit = [.. changed.Audit.Where(a => a.Action != action)] }).Wrong[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_AnsweredRunNowIsNotInTheLedger_IsALoss()
    {
        var changed = WithChangeAndRunNow();

        var verdict = Judge(changed with
        {
            Ledger = [.. changed.Ledger.Where(r => r.Trigger == RunTrigger.Schedule)],
            Calls = [.. changed.Calls.Where(c => c.Trigger == RunTrigger.Schedule)],
        });

        Assert.Equal(1, verdict.Losses);
    }

    [Fact]
    public void Judge_AnsweredChangeIsNotStored_Fails()
    {
        var changed = WithChangeAndRunNow();

        Assert.NotEmpty(Judge(changed with { Schedules = [changed.Schedules[0] with { Cron = "*/10 * * * *" }] }).Wrong);
    }

    [Fact]
    public void Judge_ChangedBeforeAnOverdueOccurrenceWasClaimed_IsALossUnlessAFaultHeldItUp()
    {
        Story.Change(Minute(19.9), Minute(5), "*/20 * * * *", enabled: true, revision: 2);
        var good = Good();
        var late = good with
        {
            Ledger = [.. good.Ledger.Where(r => r.DueAt != Minute(10) && r.DueAt != Minute(15))],
            Calls = [.. good.Calls.Where(c => c.Key != Key(10) && c.Key != Key(15))],
            Schedules = [good.Schedules[0] with { Cron = "*/20 * * * *", Revision = 2 }],
            Audit = [.. good.Audit, new AuditRow("schedule.update", Id.ToString(), true, null)],
        };

        var verdict = Judge(late);
        Assert.Equal((1, 1), (verdict.Losses, verdict.Dropped));

        Faults.Add(new Trouble("DatabaseCrash", null, Real(11), Real(12)));
        verdict = Judge(late);
        Assert.Empty(verdict.Wrong);
        Assert.Equal(2, verdict.Dropped);
    }

    private static LedgerRow Missed(double from, double to, int count) => new()
    {
        Id = Guid.Parse("00000000-0000-7000-8000-00000000000f"), Schedule = Id, DueAt = Minute(from), State = RunState.Missed, CreatedAt = Minute(to + 5),
        Missed = new MissedOccurrences(Minute(from), Minute(to), count, RunReason.Superseded),
    };

    private Evidence WithMissed(int count, DateTimeOffset faultAt, bool troubled)
    {
        if (troubled)
        {
            Faults.Add(new Trouble("fault", null, Clock.RealOf(faultAt), Real(14)));
        }

        var good = Good();
        return good with { Ledger = [Missed(5, 10, count), .. good.Ledger.Skip(2)], Calls = [.. good.Calls.Skip(2)] };
    }

    // Attempt 1 of 12:10 has no end, and attempt 2 follows on another node.
    private static Evidence Repeated()
    {
        var lost = new EndedAttempt(1, Minute(10), Minute(13), RunReason.NodeLost, "a1", "The node that ran it was lost");
        var good = With(Row(10) with { Attempt = 2, Node = "b1", Earlier = [lost] });
        return good with
        {
            Calls =
            [
                .. good.Calls.Select(c => c.Key == Key(10) ? c with { End = null, Result = null } : c),
                Called(10) with { Attempt = 2, Node = "b1", Start = Real(13), End = Real(13.5) },
            ],
        };
    }

    private Evidence WithChangeAndRunNow()
    {
        Story.Touch(2);
        var good = Good();
        return good with
        {
            Ledger = [.. good.Ledger, Row(21) with { Trigger = RunTrigger.RunNow }],
            Calls = [.. good.Calls, Called(21) with { Trigger = RunTrigger.RunNow }],
            Schedules = [good.Schedules[0] with { Revision = 2 }],
            Audit =
            [
                .. good.Audit,
                new AuditRow("schedule.update", Id.ToString(), true, "payload"),
                new AuditRow("schedule.run-now", Id.ToString(), true, $"run {Run(21)}"),
            ],
        };
    }
}
