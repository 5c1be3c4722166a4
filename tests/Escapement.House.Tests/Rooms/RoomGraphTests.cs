namespace Escapement.House.Tests.Rooms;

public sealed class RoomGraphTests
{
    private static readonly RoomGraph Clock = PlantedRooms.Graph(
        ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell { Hands.Hand? hand; Wheels.Wheel? wheel; }"),
        ("src/Clock/Hands/Hand.cs", "namespace Clock.Hands; public class Hand { Wheels.Wheel? wheel; }"),
        ("src/Clock/Wheels/Wheel.cs", "namespace Clock.Wheels; public class Wheel { Pins.Pin? pin; }"),
        ("src/Clock/Pins/Pin.cs", "namespace Clock.Pins; public class Pin { Wheels.Wheel? wheel; }"));

    private static Room Of(string folder) => new("Clock", folder);

    [Fact]
    public void KnownReduced_WhatFollowsFromOthers_IsLeftOut()
    {
        Assert.Equal([Of("Hands")], Clock.KnownReduced(Of("Bells")));
        Assert.Equal([Of("Wheels")], Clock.KnownReduced(Of("Hands")));
    }

    [Fact]
    public void KnownReduced_WithinAKnot_IsNothing() => Assert.Empty(Clock.KnownReduced(Of("Pins")));

    [Fact]
    public void InOrder_Rooms_ComeAfterThoseThatTheyKnow() =>
        Assert.Equal([Of("Pins"), Of("Wheels"), Of("Hands"), Of("Bells")], Layers.InOrder(Clock));
}
