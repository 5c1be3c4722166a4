namespace Escapement.House.Tests.Rooms;

public sealed class RoomRulesTests
{
    private static readonly (string, string) Weight = ("src/Clock/Weight.cs", "namespace Clock; public class Weight { public const int Kilograms = 3; }");
    private static readonly (string, string) Bell = ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell { Weight? weight; }");
    private static readonly (string, string) Hand = ("src/Clock/Hands/Hand.cs", "namespace Clock.Hands;\npublic class Hand { Bells.Bell? bell; }");
    private static readonly (string, string) Tower = ("src/Clock/Tower.cs", "namespace Clock; public class Tower { Bells.Bell? bell; Hands.Hand? hand; }");

    private const string WeightRow = "| `Clock` | weights | |";
    private const string BellRow = "| `Clock/Bells` | bells | |";
    private const string HandRow = "| `Clock/Hands` | hands | `Bells` |";
    private const string TowerRow = "| `Clock` (front door: `Tower.cs`) | the whole | all above |";

    [Fact]
    public void Check_RoomsAsInTheTable_FindsNothing() =>
        Assert.Empty(PlantedRooms.Check([WeightRow, BellRow, HandRow, TowerRow], Weight, Bell, Hand, Tower));

    [Fact]
    public void Check_ADependenceThatTheTableDoesNotHave_SaysWhere() =>
        Assert.Equal(
            ["src/Clock/Hands/Hand.cs: 2: room Clock/Hands knows room Clock/Bells through Bell, which the table in docs/architecture.md does not have"],
            PlantedRooms.Check([WeightRow, BellRow, "| `Clock/Hands` | hands | |"], Weight, Bell, Hand));

    [Fact]
    public void Check_ADependenceThroughAConstantOnly_IsFound() =>
        Assert.Equal(
            ["src/Clock/Bells/Bell.cs: 1: room Clock/Bells knows room Clock/Wheels through Wheel, which the table in docs/architecture.md does not have"],
            PlantedRooms.Check(
                ["| `Clock/Wheels` | wheels | |", BellRow],
                ("src/Clock/Wheels/Wheel.cs", "namespace Clock.Wheels; static class Wheel { public const int Teeth = 60; }"),
                ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; class Bell { const int Times = Wheels.Wheel.Teeth; }")));

    [Fact]
    public void Check_ADependenceOnARoomBelow_IsFoundThoughAllAboveMayBeKnown() =>
        Assert.Equal(
            ["src/Clock/Hands/Hand.cs: 2: room Clock/Hands knows room Clock/Bells through Bell, which the table in docs/architecture.md does not have"],
            PlantedRooms.Check([WeightRow, "| `Clock/Hands` | hands | all above |", BellRow], Weight, Bell, Hand));

    [Fact]
    public void Check_ABaseThatKnowsARoomOfItsProject_IsFound() =>
        Assert.Equal(
            ["src/Clock/Weight.cs: 1: room Clock knows room Clock/Bells through Bell, which the table in docs/architecture.md does not have"],
            PlantedRooms.Check(
                [WeightRow, BellRow],
                ("src/Clock/Weight.cs", "namespace Clock; class Weight { Bells.Bell? bell; }"),
                ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; class Bell;")));

    [Fact]
    public void Check_ARoomThatKnowsTheFrontDoor_IsFound() =>
        Assert.Equal(
            ["src/Clock/Bells/Bell.cs: 1: room Clock/Bells knows room Clock (front door) through Tower, which the table in docs/architecture.md does not have"],
            PlantedRooms.Check(
                [BellRow, TowerRow],
                ("src/Clock/Tower.cs", "namespace Clock; class Tower;"),
                ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; class Bell { Tower? tower; }")));

    [Fact]
    public void Check_ABase_GoesWithoutSayingForItsProjectAndTheFirstForAll()
    {
        (string, string) square = ("src/Town/Square.cs", "namespace Town; public class Square { Clock.Weight? weight; }");
        (string, string) street = ("src/Town/Streets/Street.cs", "namespace Town.Streets; public class Street { Square? square; Clock.Weight? weight; }");
        (string, string) map = ("src/Maps/Sheets/Sheet.cs", "namespace Maps.Sheets; public class Sheet { Town.Square? square; }");

        Assert.Equal(
            ["src/Maps/Sheets/Sheet.cs: 1: room Maps/Sheets knows room Town through Square, which the table in docs/architecture.md does not have"],
            PlantedRooms.Check([WeightRow, "| Town | squares | |", "| Town/Streets | streets | |", "| Maps/Sheets | sheets | |"], Weight, square, street, map));
    }

    [Fact]
    public void Check_ARoomWithoutARow_IsFound() =>
        Assert.Equal(["Clock/Bells has no row in the table of docs/architecture.md"], PlantedRooms.Check([WeightRow], Weight, Bell));

    [Fact]
    public void Check_ARowInWhichNothingLies_IsFound() =>
        Assert.Equal(["docs/architecture.md: nothing lies in Clock/Bells"], PlantedRooms.Check([WeightRow, BellRow], Weight));

    [Fact]
    public void Check_AFrontDoorThatIsNotThere_IsFound() =>
        Assert.Equal(
            ["docs/architecture.md: there is no front door src/Clock/Stairs.cs"],
            PlantedRooms.Check([WeightRow, "| `Clock` (front door: `Tower.cs`, `Stairs.cs`) | the whole | |"], Weight, ("src/Clock/Tower.cs", "")));

    [Fact]
    public void Check_AnEntryThatNothingUses_IsFound() =>
        Assert.Equal(
            ["docs/architecture.md: Clock/Hands may know Clock/Bells, but does not"],
            PlantedRooms.Check([WeightRow, BellRow, HandRow], Weight, Bell, ("src/Clock/Hands/Hand.cs", "namespace Clock.Hands; class Hand;")));

    [Fact]
    public void Check_AnEntryThatGoesWithoutSaying_IsFound() =>
        Assert.Equal(
            ["docs/architecture.md: Clock/Bells may know Clock, but that goes without saying"],
            PlantedRooms.Check([WeightRow, "| `Clock/Bells` | bells | `Clock` |"], Weight, Bell));

    [Fact]
    public void Check_ABaseBelowOrAFrontDoorAboveItsRooms_IsFound() =>
        Assert.Equal(
            [
                "docs/architecture.md: Clock (front door) must stand below Clock/Bells",
                "docs/architecture.md: Clock (front door) must stand below Clock",
                "docs/architecture.md: Clock must stand above Clock (front door)",
                "docs/architecture.md: Clock must stand above Clock/Bells",
            ],
            PlantedRooms.Check(
                ["| `Clock` (front door: `Tower.cs`) | the whole | |", BellRow, WeightRow],
                ("src/Clock/Tower.cs", ""),
                ("src/Clock/Bells/Bell.cs", ""),
                Weight));
}
