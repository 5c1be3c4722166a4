namespace Escapement.Calls;

public sealed class KeepRateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly InstallId install = new(Guid.NewGuid());
    private readonly KeepRate rate = new(burst: 3, TimeSpan.FromSeconds(1));

    [Fact]
    public void Take_ManyAtOnce_GivesTheBurstAndThenOneEachSecond()
    {
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => rate.Take(install, Now)));
        Assert.Equal([false, true, false], new[] { 999, 1_000, 1_001 }.Select(ms => rate.Take(install, Now.AddMilliseconds(ms))));
        Assert.True(rate.Take(new InstallId(Guid.NewGuid()), Now));
    }

    [Fact]
    public void Take_ClockSetBack_BeginsAnew()
    {
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(rate.Take(install, Now)));
        Assert.True(rate.Take(install, Now.AddHours(-1)));
    }

    [Fact]
    public void Take_MoreInstallsThanAreKnown_ForgetsThoseWithAllTheirRoom()
    {
        Assert.All(Enumerable.Range(0, KeepRate.MaxInstalls), _ => Assert.True(rate.Take(new InstallId(Guid.NewGuid()), Now)));

        Assert.False(rate.Take(install, Now));
        Assert.True(rate.Take(install, Now.AddSeconds(1)));
    }
}
