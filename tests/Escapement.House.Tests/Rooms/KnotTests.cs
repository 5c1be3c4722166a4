namespace Escapement.House.Tests.Rooms;

public sealed class KnotTests
{
    [Fact]
    public void Find_RoomsThatKnowOneAnother_ShowsTheShortestWayRound()
    {
        var graph = PlantedRooms.Graph(
            ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell { Hands.Hand? hand; }"),
            ("src/Clock/Hands/Hand.cs", "namespace Clock.Hands;\npublic class Hand { Wheels.Wheel? wheel; Pins.Pin? pin; }"),
            ("src/Clock/Pins/Pin.cs", "namespace Clock.Pins; public class Pin { Wheels.Wheel? wheel; }"),
            ("src/Clock/Wheels/Wheel.cs", "namespace Clock.Wheels; public class Wheel { const int Teeth = Bells.Bell.Weight; }"),
            ("src/Tower/Stairs/Stair.cs", "namespace Tower.Stairs; public class Stair { Clock.Bells.Bell? bell; }"));

        Assert.Equal(
            "4 rooms know one another (Clock/Bells, Clock/Hands, Clock/Pins, Clock/Wheels), for example: "
                + "Clock/Bells knows Clock/Hands through Hand (src/Clock/Bells/Bell.cs: 1); "
                + "Clock/Hands knows Clock/Wheels through Wheel (src/Clock/Hands/Hand.cs: 2); "
                + "Clock/Wheels knows Clock/Bells through Bell (src/Clock/Wheels/Wheel.cs: 1)",
            Assert.Single(Knot.Find(graph)).ToString());
    }

    [Fact]
    public void Find_RoomsInOneDirection_FindsNothing() =>
        Assert.Empty(Knot.Find(PlantedRooms.Graph(
            ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell { Hands.Hand? hand; Wheels.Wheel? wheel; }"),
            ("src/Clock/Hands/Hand.cs", "namespace Clock.Hands; public class Hand { Wheels.Wheel? wheel; }"),
            ("src/Clock/Wheels/Wheel.cs", "namespace Clock.Wheels; public class Wheel;"))));
}
