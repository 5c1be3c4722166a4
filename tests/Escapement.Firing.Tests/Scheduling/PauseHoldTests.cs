namespace Escapement.Scheduling;

/// <summary>What the pauses over a schedule make of it.</summary>
public sealed class PauseHoldTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_NoPause_IsNothing() => Assert.Equal(default, PauseHold.Of([], own: null, held: null, Nine, Nine));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Of_OneStepEitherSideOfItsEnd_HoldsOrLetsGo(int milliseconds, bool holds)
    {
        var pause = Made(PauseLayer.Tenant, 0) with { Until = Nine.AddMinutes(10), OnEnd = PauseEnd.Latest };

        var (held, let) = (new PauseHold(pause, Nine.AddMinutes(10), null), new PauseHold(null, null, new(pause, Nine.AddMinutes(10), PauseEnd.Latest)));

        var holding = PauseHold.Of([pause], own: null, held: null, Nine, Nine.AddMinutes(10).AddMilliseconds(milliseconds));

        Assert.Equal(holds ? held : let, holding);
    }

    // With an end of its own or without: whoever holds next is asked when the first of them ends.
    [Fact]
    public void Of_SeveralHold_IsPutDownToTheFirstAndLookedAtWhenOneEnds()
    {
        var (host, own) = (Made(PauseLayer.Host, 5), Made(PauseLayer.Schedule, 3) with { Until = Nine.AddHours(1) });

        Assert.Equal(new PauseHold(own, Nine.AddHours(1), null), PauseHold.Of([host], own, held: null, Nine, Nine.AddMinutes(10)));
    }

    [Fact]
    public void Of_FoundHeldBefore_StaysPutDownToThat()
    {
        var (before, host) = (Made(PauseLayer.Tenant, 1), Made(PauseLayer.Host, 5));

        Assert.Equal(before, PauseHold.Of([host], own: null, before, Nine, Nine.AddMinutes(10)).By);
        Assert.Equal(before, PauseHold.Of([host with { EndedAt = Nine.AddMinutes(9) }], own: null, before, Nine, Nine.AddMinutes(10)).Release?.By);
    }

    // The row of what it held keeps it, and is to say when it ended.
    [Fact]
    public void Of_FoundHeldBefore_IsLetGoByItAsItEnded()
    {
        var before = Made(PauseLayer.Tenant, 1);
        var ended = before with { EndedAt = Nine.AddMinutes(9) };

        Assert.Equal(ended, PauseHold.Of([ended], own: null, before, Nine, Nine.AddMinutes(10)).Release?.By);
    }

    [Fact]
    public void Of_SeveralEnded_TheLastSaysHow()
    {
        var first = Made(PauseLayer.Tenant, 0) with { EndedAt = Nine.AddMinutes(5), OnEnd = PauseEnd.All };
        var last = Made(PauseLayer.Host, 1) with { EndedAt = Nine.AddMinutes(7), OnEnd = PauseEnd.Latest };

        var holding = PauseHold.Of([last, first], own: null, held: null, Nine, Nine.AddMinutes(10));

        Assert.Equal(new PauseRelease(first, Nine.AddMinutes(7), PauseEnd.Latest), holding.Release);
    }

    // The end of its own pause is a change of the schedule itself.
    [Theory]
    [InlineData(PauseLayer.Host, 0, PauseEnd.All)]
    [InlineData(PauseLayer.Host, 1, PauseEnd.Next)]
    [InlineData(PauseLayer.Install, 1, PauseEnd.Next)]
    [InlineData(PauseLayer.Schedule, 1, PauseEnd.All)]
    public void Of_ChangedSinceItsEndWasShown_RunsNothing(PauseLayer layer, int milliseconds, PauseEnd onEnd)
    {
        var shown = Nine.AddMinutes(5);
        var pause = Made(layer, 0) with { EndedAt = Nine.AddMinutes(7), OnEnd = PauseEnd.All, ShownAt = shown };
        var (outer, own) = layer == PauseLayer.Schedule ? (Array.Empty<Pause>(), pause) : ([pause], null);

        var holding = PauseHold.Of(outer, own, held: null, Nine, Nine.AddMinutes(10), shown.AddMilliseconds(milliseconds));

        Assert.Equal((onEnd, shown), (holding.Release!.OnEnd, holding.Release.ShownAt!.Value));
        var unshown = PauseHold.Of([pause with { ShownAt = null }], own: null, held: null, Nine, Nine.AddMinutes(10), shown.AddHours(1));
        Assert.Equal(PauseEnd.All, unshown.Release!.OnEnd);
    }

    [Fact]
    public void Of_EndedBeforeItWasDue_HasNothingToDoWithIt() =>
        Assert.Equal(default, PauseHold.Of([Made(PauseLayer.Tenant, -10) with { EndedAt = Nine.AddSeconds(-1) }], own: null, held: null, Nine, Nine));

    [Fact]
    public void Of_ClockSetBackBehindItsEnd_HoldsWhatIsItsOwnUntilThen()
    {
        var pause = Made(PauseLayer.Tenant, 0) with { EndedAt = Nine.AddMinutes(30) };

        Assert.Equal(new PauseHold(pause, Nine.AddMinutes(30), null), PauseHold.Of([pause], own: null, held: null, Nine, Nine.AddMinutes(1)));
        Assert.False(pause.HoldsAt(Nine.AddMinutes(1)));
    }

    // Found held because something of it waited: what came due after the end of the pause is not the pause's.
    [Fact]
    public void Of_PutAsideBeforeAnythingWasDue_KeepsNothingThatCameAfterTheEnd()
    {
        var pause = Made(PauseLayer.Tenant, -10) with { Until = Nine.AddMinutes(-1) };

        Assert.Equal(default, PauseHold.Of([pause], own: null, held: pause, Nine, Nine.AddHours(9)));
    }

    private static Pause Made(PauseLayer layer, int minute) => new()
    {
        Id = Guid.NewGuid(),
        Layer = layer,
        Since = Nine.AddMinutes(minute),
        Cause = PauseCause.Asked,
        Note = "move",
        By = "ops",
    };
}
