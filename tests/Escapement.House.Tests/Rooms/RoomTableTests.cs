namespace Escapement.House.Tests.Rooms;

public sealed class RoomTableTests
{
    [Fact]
    public void Read_ATable_KnowsRowsInTheirOrder()
    {
        var table = PlantedRooms.Table(
            "| `Clock` | weights | |",
            "| `Clock/Bells` | bells | |",
            "| `Tower/Bells` | larger bells | `Clock/Bells` |",
            "| `Tower/Hands` | hands | `Bells`, `Clock/Bells` |",
            "| `Tower` (front door: `Tower.cs`, `Stairs.cs`) | the whole | all above |");

        Assert.Empty(table.Problems);
        Assert.Equal(["Clock", "Clock/Bells", "Tower/Bells", "Tower/Hands", "Tower (front door)"], table.Rows.Select(row => row.Name));
        Assert.Equal(["Tower/Bells", "Clock/Bells"], table.Rows[3].MayKnow);
        Assert.Equal(["src/Tower/Stairs.cs", "src/Tower/Tower.cs"], table.FrontDoors.Order(StringComparer.Ordinal));
        Assert.Equal([true, false, false, false, false], table.Rows.Select(row => row.IsBase));
        Assert.Equal([false, false, false, false, true], table.Rows.Select(row => row.MayKnowAll));
    }

    [Fact]
    public void Read_AnEntryWithoutARowAbove_IsAProblem() =>
        Assert.Equal(
            ["docs/architecture.md: Clock/Bells may know Hands, which has no row above it"],
            PlantedRooms.Table("| `Clock/Bells` | bells | `Hands` |", "| `Clock/Hands` | hands | |").Problems);

    [Fact]
    public void Read_ARowTwice_IsAProblem() =>
        Assert.Equal(
            ["docs/architecture.md: Clock/Bells has two rows"], PlantedRooms.Table("| `Clock/Bells` | bells | |", "| `Clock/Bells` | more | |").Problems);

    [Fact]
    public void Read_ARowThatIsTooShort_IsAProblem() =>
        Assert.Equal(
            ["docs/architecture.md: a row of the table of rooms has 2 cells instead of 3: | `Clock/Bells` | bells |"],
            PlantedRooms.Table("| `Clock/Bells` | bells |").Problems);

    [Fact]
    public void Read_NoTable_IsAProblem() =>
        Assert.Equal(
            ["docs/architecture.md has no table of rooms between <!-- rooms:begin --> and <!-- rooms:end -->"], RoomTable.Read("# Architecture").Problems);
}
