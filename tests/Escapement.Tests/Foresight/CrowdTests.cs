using Escapement.Foresight;
using Escapement.Listing;

namespace Escapement.Tests.Foresight;

public sealed class CrowdTests
{
    private static readonly DateTimeOffset Nine = new(2026, 6, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Around_FullMinute_CountsTheOthersAndFindsTheNearestQuietOne()
    {
        ScheduleTimes[] all = [new("0 9 * * *", "UTC", 5), new("*/5 * * * *", "UTC", 2), new("1 9 * * *", "UTC", 1), new("0 10 * * *", "Europe/London", 4)];
        Assert.Equal(new Crowd(Nine, 11, Nine.AddMinutes(-1), 0), Crowd.Around(Nine, own: null, all));
        Assert.Equal(new Crowd(Nine, 10, Nine.AddMinutes(-1), 0), Crowd.Around(Nine, ("0 9 * * *", "UTC"), all));
    }

    [Fact]
    public void OthersAt_EachOfSomeOccurrences_CountsItsOwnMinute()
    {
        ScheduleTimes[] all = [new("0 9 * * *", "UTC", 5), new("*/5 * * * *", "UTC", 2), new("1 9 * * *", "UTC", 1), new("broken", "UTC", 3)];
        DateTimeOffset[] at = [Nine, Nine.AddMinutes(1), Nine.AddMinutes(5), Nine.AddMinutes(6)];

        Assert.Equal([7, 1, 2, 0], Crowd.OthersAt(at, own: null, all));
        Assert.Equal([6, 1, 2, 0], Crowd.OthersAt(at, ("0 9 * * *", "UTC"), all));
    }

    [Fact]
    public void Around_QuietMinute_IsTheQuietOneItself() =>
        Assert.Equal(new Crowd(Nine, 0, null, 0), Crowd.Around(Nine, ("0 9 * * *", "UTC"), [new("0 9 * * *", "UTC", 1)]));

    [Fact]
    public void Around_WhatCannotBeRead_IsLeftOut() =>
        Assert.Equal(new Crowd(Nine, 0, null, 0), Crowd.Around(Nine, own: null, [new("broken", "UTC", 1)]));
}
