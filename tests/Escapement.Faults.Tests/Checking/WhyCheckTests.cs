using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Faults.Tests.Checking;

/// <summary>What the check of answers demands: each of these takes one cause from an answer that has it.</summary>
public sealed class WhyCheckTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly WhyCheck.Row Missed = new()
    {
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.Empty)),
        Schedule = new ScheduleId(Guid.Empty),
        DueAt = T0,
        State = RunState.Missed,
        Reason = RunReason.Superseded,
        CreatedAt = T0.AddMinutes(10),
    };

    private static readonly WhyCheck.Row Repeated = Missed with
    {
        State = RunState.Succeeded,
        Reason = RunReason.None,
        Earlier = [new EndedAttempt(1, T0, T0.AddSeconds(5), RunReason.NodeLost, "a1", null)],
        StartedAt = T0.AddSeconds(6),
        Node = "b1",
    };

    [Fact]
    public void Check_AMissedOccurrenceInAnOutage_HasToNameIt()
    {
        var answer = Answer(WhyVerdict.Missed, "It did not run: no node fired.", new WhyCause("superseded", "x"), new WhyCause("outage", "x"));

        Assert.Empty(Wrong(Missed, answer, inOutage: true));
        Assert.Contains("does not name the outage", Assert.Single(Wrong(Missed, Without(answer, "outage"), inOutage: true)), StringComparison.Ordinal);
        Assert.Empty(Wrong(Missed, Without(answer, "outage"), inOutage: false));
    }

    [Fact]
    public void Check_ALateRunInAnOutage_HasToNameIt()
    {
        var late = Missed with { State = RunState.Succeeded, Reason = RunReason.None, IsLate = true, StartedAt = T0.AddMinutes(10) };
        var answer = Answer(WhyVerdict.Succeeded, "It ran: it started late; no node fired.", new WhyCause("late", "x"), new WhyCause("outage", "x"));

        Assert.Empty(Wrong(late, answer, inOutage: true));
        Assert.Contains("does not name the outage", Assert.Single(Wrong(late, Without(answer, "outage"), inOutage: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ARunWhoseNodeWasLost_HasToNameThatNode()
    {
        var node = new WhyCause("node", "x") { Parameters = new Dictionary<string, string> { ["node"] = "a1" } };
        var answer = Answer(WhyVerdict.Succeeded, "It ran: node a1 gave its last sign of life at 12:00.", new WhyCause("attempt", "x"), node);

        Assert.Empty(Wrong(Repeated, answer));
        Assert.Contains("does not name node a1", Assert.Single(Wrong(Repeated, Without(answer, "node"))), StringComparison.Ordinal);
        Assert.NotEmpty(Wrong(Repeated with { Earlier = [Repeated.Earlier[0] with { Node = "a2" }] }, answer));
        Assert.NotEmpty(Wrong(Repeated, answer with { Sentence = "It ran." }));
    }

    [Fact]
    public void Check_ARunThatWasGivenUpWithItsNode_HasToNameThatNode()
    {
        var row = Repeated with { State = RunState.Abandoned, Reason = RunReason.NodeLost, Earlier = [] };

        var answer = Answer(WhyVerdict.Abandoned, "It ran and was given up.", new WhyCause("node-lost", "x"));

        Assert.Contains("does not name node b1", Assert.Single(Wrong(row, answer)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Wrong(WhyCheck.Row row, WhyAnswer answer, bool inOutage = false)
    {
        var verdict = new Verdict();
        WhyCheck.Check(row, answer, inOutage, verdict);
        return verdict.Wrong;
    }

    private static WhyAnswer Without(WhyAnswer answer, string code) => answer with { Causes = [.. answer.Causes.Where(c => c.Code != code)] };

    private static WhyAnswer Answer(WhyVerdict verdict, string sentence, params IReadOnlyList<WhyCause> causes) =>
        new(T0, verdict, sentence, causes, new WhyRemedy("Nothing to do.", []), null, null);
}
