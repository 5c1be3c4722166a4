using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Rooms.Picture;

/// <summary>
/// The rooms as an SVG: every room and project above those that it knows. It leaves out lines that follow from others, and lines
/// between rooms of two projects, for which there is one line between the projects.
/// </summary>
internal static partial class RoomPicture
{
    public const string Path = "docs/architecture.svg";

    public static string Draw(RoomGraph graph, IEnumerable<RoomSize> sizes)
    {
        var lines = sizes.ToDictionary(size => size.Room, size => size.CSharpLines + size.SqlLines);
        Sheet sheet = new(graph);
        Svg svg = new(sheet.Width, sheet.Height);
        svg.Rectangle("ground", 0, 0, sheet.Width, sheet.Height);
        foreach (var (upper, lower) in sheet.Lines())
        {
            svg.Arrow("wide", [(upper.Middle, 0, upper.Y + upper.Height), (lower.Middle, lower.Y, 0)]);
        }

        foreach (var panel in sheet.Panels)
        {
            Draw(panel, svg, lines);
        }

        return svg.ToString();
    }

    /// <summary>A picture less what changes with every line of code.</summary>
    public static string WithoutCounts(string picture) => Counts().Replace(picture, "");

    private static void Draw(Panel panel, Svg svg, Dictionary<Room, int> lines)
    {
        svg.Rectangle("panel", panel.X, panel.Y, panel.Width, panel.Height);
        svg.Text("title", panel.Middle, panel.Y + 20, $"{panel.Project}, {panel.Boxes.Sum(box => lines[box.Room!.Value])} lines");
        foreach (var line in panel.Lines)
        {
            svg.Arrow("line", [.. line.Select(spot => (panel.X + spot.X, panel.Y + spot.Y, panel.Y + spot.Y + Panel.BoxHeight))]);
        }

        foreach (var box in panel.Boxes)
        {
            var (x, y) = (panel.X + box.X, panel.Y + box.Y);
            svg.Rectangle("box", x - Panel.BoxWidth / 2, y, Panel.BoxWidth, Panel.BoxHeight);
            svg.Text("name", x, y + 17, Label(box.Room!.Value));
            svg.Text("lines", x, y + 32, $"{lines[box.Room.Value]} lines");
        }
    }

    private static string Label(Room room) => room.IsFrontDoor ? "front door" : room.IsBase ? "base" : room.Folder;

    [GeneratedRegex(@"\d+ lines")]
    private static partial Regex Counts();
}
