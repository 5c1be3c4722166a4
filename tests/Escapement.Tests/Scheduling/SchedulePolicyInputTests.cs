using Escapement.Scheduling;

namespace Escapement.Tests.Scheduling;

/// <summary>The fields of a policy, one step either side of each limit.</summary>
public sealed class SchedulePolicyInputTests
{
    private static readonly TimeSpan HostsTimeLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public void Validate_Nothing_IsGoodAndLeavesEverything()
    {
        var before = new SchedulePolicy
        {
            Overlap = OverlapPolicy.QueueOne,
            Missed = MissedPolicy.All,
            MissedMax = 7,
            CatchUp = TimeSpan.FromHours(1),
            Spread = TimeSpan.FromMinutes(5),
            Retry = RetryPolicy.None with { MaxAttempts = 3 },
            TimeLimit = TimeSpan.FromSeconds(5),
            PauseAfterFailures = 3,
        };

        Assert.Empty(Problems(new SchedulePolicyInput()));
        Assert.Equal(before, new SchedulePolicyInput().ApplyTo(before));
    }

    [Theory]
    [InlineData(MissedPolicy.Latest, true)]
    [InlineData(MissedPolicy.None, true)]
    [InlineData(MissedPolicy.All, true)]
    [InlineData((MissedPolicy)(-1), false)]
    public void Validate_Missed_IsOneOfItsWords(MissedPolicy missed, bool isGood) =>
        Holds(isGood, "missed", "What is missed must be latest, none or all", new() { Missed = missed });

    [Theory]
    [InlineData(OverlapPolicy.Skip, true)]
    [InlineData(OverlapPolicy.QueueOne, true)]
    [InlineData((OverlapPolicy)(-1), false)]
    public void Validate_Overlap_IsOneOfItsWords(OverlapPolicy overlap, bool isGood) =>
        Holds(isGood, "overlap", "The overlap must be skip or queue-one", new() { Overlap = overlap });

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void Validate_MissedMax_IsFromOneToAThousand(int max, bool isGood) =>
        Holds(isGood, "missedMax", "The number of missed occurrences that are caught up must be between 1 and 1000", new() { MissedMax = max });

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void Validate_PauseAfterFailures_IsFromNeverToAThousand(int failures, bool isGood) => Holds(
        isGood,
        "pauseAfterFailures",
        "The number of failures after which the schedule is paused must be between 0, for never, and 1000",
        new() { PauseAfterFailures = failures });

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(31 * 24 * 60, true)]
    [InlineData((31 * 24 * 60) + 1, false)]
    public void Validate_CatchUp_IsFromZeroTo31Days(int minutes, bool isGood) => Holds(
        isGood, "catchUpMinutes", "The catch-up window must be between 0 minutes and 31 days", new() { CatchUp = TimeSpan.FromMinutes(minutes) });

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(3600, true)]
    [InlineData(3601, false)]
    public void Validate_Spread_IsFromNothingToAnHour(int seconds, bool isGood) =>
        Holds(isGood, "spreadSeconds", "The spread must be between 0 and 3600 seconds", new() { Spread = TimeSpan.FromSeconds(seconds) });

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Validate_TimeLimit_IsFromASecondToTheHosts(int seconds, bool isGood) => Holds(
        isGood,
        "timeLimitSeconds",
        "The time limit must be between 1 second and this host's limit of 30 seconds",
        new() { TimeLimit = TimeSpan.FromSeconds(seconds) });

    [Fact]
    public void ApplyTo_BackToTheHosts_ForgetsWhatWasSet()
    {
        var before = new SchedulePolicy { CatchUp = TimeSpan.FromHours(1), TimeLimit = TimeSpan.FromSeconds(5) };

        Assert.Equal(SchedulePolicy.Default, new SchedulePolicyInput { CatchUpIsHosts = true, TimeLimitIsHosts = true }.ApplyTo(before));
    }

    private static void Holds(bool isGood, string field, string message, SchedulePolicyInput input)
    {
        (string, string)[] expected = isGood ? [] : [($"policy.{field}", message)];
        Assert.Equal(expected, Problems(input));
    }

    private static IEnumerable<(string Path, string Message)> Problems(SchedulePolicyInput input) =>
        input.Validate("policy", HostsTimeLimit).Select(p => (p.Path, p.Message));
}
