using System.Xml.Linq;

namespace Escapement.House.Tests.Rooms.Picture;

public sealed class RoomPictureTests
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("src/Clock/Weight.cs", "namespace Clock; public class Weight;\n"),
        ("src/Clock/Hands/Hand.cs", "namespace Clock.Hands; public class Hand { Weight? weight; }\n\n"),
        ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell { Hands.Hand? hand; Weight? weight; }\n"),
        ("src/Tower/Stairs/Stair.cs", "namespace Tower.Stairs; public class Stair { Clock.Bells.Bell? bell; Clock.Weight? weight; }\n"),
    ];

    [Fact]
    public void Draw_Rooms_GivesABoxWithItsLinesForEach()
    {
        var picture = XDocument.Parse(Draw());

        Assert.Equal(["Bells", "Hands", "Stairs", "base"], Texts(picture, "name").Order(StringComparer.Ordinal));
        Assert.Equal(["1 lines", "1 lines", "1 lines", "2 lines"], Texts(picture, "lines").Order(StringComparer.Ordinal));
        Assert.Equal(["Clock, 4 lines", "Tower, 1 lines"], Texts(picture, "title").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Draw_Rooms_PutsEachAboveThoseThatItKnows()
    {
        var names = XDocument.Parse(Draw()).Descendants().Where(text => (string?)text.Attribute("class") == "name");

        Assert.Equal(["Stairs", "Bells", "Hands", "base"], names.OrderBy(text => (double)text.Attribute("y")!).Select(text => text.Value));
    }

    [Fact]
    public void Draw_Dependences_GivesALineForEachThatFollowsFromNoOther()
    {
        var lines = XDocument.Parse(Draw()).Descendants().Where(element => element.Name.LocalName == "path").Select(path => (string)path.Attribute("class")!);

        Assert.Equal(["line", "line", "wide"], lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WithoutCounts_MoreLinesInARoom_IsTheSame() =>
        Assert.Equal(RoomPicture.WithoutCounts(Draw()), RoomPicture.WithoutCounts(Draw().Replace("2 lines", "312 lines", StringComparison.Ordinal)));

    private static string Draw() =>
        RoomPicture.Draw(PlantedRooms.Graph(Files), RoomSize.Measure(Files.Select(file => new TextFile(file.Path, file.Text)), [], new HashSet<string>()));

    private static IEnumerable<string> Texts(XDocument picture, string kind) =>
        picture.Descendants().Where(element => element.Name.LocalName == "text" && (string?)element.Attribute("class") == kind).Select(text => text.Value);
}
