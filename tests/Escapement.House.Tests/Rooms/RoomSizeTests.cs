namespace Escapement.House.Tests.Rooms;

public sealed class RoomSizeTests
{
    [Fact]
    public void Measure_FilesOfTwoLanguages_CountsEach() =>
        Assert.Equal(
            [new RoomSize(new Room("Clock", ""), 1, 1, 0), new RoomSize(new Room("Clock", "Bells"), 3, 3, 2)],
            RoomSize.Measure(
                [new TextFile("src/Clock/Bells/Bell.cs", "a\n\n"), new TextFile("src/Clock/Bells/Rope.cs", "b\n"), new TextFile("src/Clock/Weight.cs", "c\n")],
                [new TextFile("src/Clock/Bells/ring.sql", "d\ne\n")],
                new HashSet<string>()));
}
