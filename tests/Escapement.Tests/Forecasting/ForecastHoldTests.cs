using Escapement.Forecasting;
using Escapement.Scheduling;

namespace Escapement.Tests.Forecasting;

public sealed class ForecastHoldTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly InstallScope Scope = new(TenantId.Parse("acme"), new InstallId(Guid.NewGuid()));
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    [Fact]
    public void Of_NothingOverIt_IsNone() => Assert.Null(ForecastHold.Of(Schedule(null), [], Now, Window));

    [Fact]
    public void Of_PauseThatHasEnded_IsNone() =>
        Assert.Null(ForecastHold.Of(Schedule(Pause(PauseLayer.Schedule, -1)), [], Now, Window));

    [Fact]
    public void Of_OneThatNobodyHasEndedYet_HoldsForGood()
    {
        Pause[] above = [Pause(PauseLayer.Host, null), Pause(PauseLayer.Install, 60)];

        Assert.Null(ForecastHold.Of(Schedule(null), above, Now, Window)!.Value.Until);
    }

    [Fact]
    public void Of_Several_EndsWithTheLastAndAsThatSays()
    {
        var above = Pause(PauseLayer.Tenant, 30, PauseEnd.All);
        var own = Pause(PauseLayer.Schedule, 60, PauseEnd.Latest);

        Assert.Equal(new ForecastHold(Now.AddHours(-1), Now.AddMinutes(60), Window, 1), ForecastHold.Of(Schedule(own), [above], Now, Window));
    }

    [Theory]
    [InlineData(PauseEnd.Next, 0, 0)]
    [InlineData(PauseEnd.Latest, 1_440, 1)]
    [InlineData(PauseEnd.All, 1_440, 100)]
    public void Of_EachEnd_ReleasesWhatItSays(PauseEnd onEnd, int minutes, int most)
    {
        var hold = ForecastHold.Of(Schedule(Pause(PauseLayer.Schedule, 60, onEnd)), [], Now, Window)!.Value;

        Assert.Equal((TimeSpan.FromMinutes(minutes), most), (hold.Released, hold.MostReleased));
    }

    private static PlannedSchedule Schedule(Pause? own) => new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = Scope,
        Name = null,
        Cron = "*/5 * * * *",
        TimeZone = "UTC",
        Policy = SchedulePolicy.Default,
        Pause = own,
    };

    private static Pause Pause(PauseLayer layer, int? untilMinutes, PauseEnd onEnd = PauseEnd.Next) => new()
    {
        Id = Guid.NewGuid(),
        Layer = layer,
        Since = Now.AddHours(-1),
        Until = untilMinutes is { } minutes ? Now.AddMinutes(minutes) : null,
        OnEnd = onEnd,
        Cause = PauseCause.Asked,
        Note = "move",
        By = "ops",
    };
}
