using Escapement.House.Tests.Rooms.Picture;

namespace Escapement.House.Tests.Rooms;

/// <summary>The rooms of this checkout.</summary>
public sealed class SourceRoomsTests
{
    [Fact]
    public void Check_TheSources_KnowWhatTheTableSays() =>
        Findings.AssertNone(RoomRules.Check(MeasuredRooms.Now.Table, MeasuredRooms.Now.Paths, MeasuredRooms.Now.Dependences));

    [Fact]
    public void Find_TheSources_HaveNoKnot() => Findings.AssertNone(Knot.Find(MeasuredRooms.Now.Graph).Select(knot => knot.ToString()));

    [Fact]
    public void Draw_TheSources_GiveThePictureInTheDocumentation() =>
        Assert.True(
            RoomPicture.WithoutCounts(RoomPicture.Draw(MeasuredRooms.Now.Graph, MeasuredRooms.Now.Sizes))
                == RoomPicture.WithoutCounts(Repository.Read(RoomPicture.Path)),
            $"{RoomPicture.Path} shows other rooms than there are; draw it again: dotnet run --project scripts/rooms -- picture");

    // A missing reference would hide dependences instead of failing anything. What generators make is not there; only those of JSON make what others name.
    [Fact]
    public void Read_TheSources_KnowsEveryName()
    {
        var generated = SourceTree.CSharp().Where(file => file.Text.Contains(": JsonSerializerContext", StringComparison.Ordinal)).Select(file => file.Path);

        Findings.AssertNone(MeasuredRooms.Now.Unknown.Where(name => !generated.Contains(name.Split(':')[0])));
    }
}
