namespace Escapement.House.Tests.Rooms;

public sealed class RoomOrderTests
{
    private static readonly RoomGraph Clock = PlantedRooms.Graph(
        ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell { Hands.Hand? hand; }"),
        ("src/Clock/Hands/Hand.cs", "namespace Clock.Hands; public class Hand;"),
        ("src/Clock/Wheels/Wheel.cs", "namespace Clock.Wheels; public class Wheel { Pins.Pin? pin; }"),
        ("src/Clock/Pins/Pin.cs", "namespace Clock.Pins; public class Pin { Wheels.Wheel? wheel; }"),
        ("src/Clock/Weight.cs", "namespace Clock; public class Weight;"),
        ("src/Bridge/Arches/Arch.cs", "namespace Bridge.Arches; public class Arch { Clock.Weight? weight; }"));

    [Fact]
    public void Of_ATableThatFits_KeepsItsOrder() =>
        Assert.Equal(
            ["Clock", "Clock/Wheels", "Clock/Pins", "Clock/Hands", "Clock/Bells", "Bridge/Arches"],
            Order("| `Clock/Wheels` | | |", "| `Clock/Pins` | | |", "| `Clock/Hands` | | |", "| `Clock/Bells` | | |"));

    [Fact]
    public void Of_ATableThatDoesNotFit_PutsRoomsAfterThoseThatTheyKnow() =>
        Assert.Equal(
            ["Clock", "Clock/Pins", "Clock/Wheels", "Clock/Hands", "Clock/Bells", "Bridge/Arches"],
            Order("| `Bridge/Arches` | | |", "| `Clock/Bells` | | |", "| `Clock/Pins` | | |", "| `Clock/Wheels` | | |", "| `Clock/Hands` | | |"));

    private static IEnumerable<string> Order(params string[] rows) => RoomOrder.Of(Clock, PlantedRooms.Table(rows)).Select(room => room.Name);
}
