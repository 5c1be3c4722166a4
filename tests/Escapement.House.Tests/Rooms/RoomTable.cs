using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Rooms;

/// <summary>The table of rooms in docs/architecture.md, which stands in the order of dependence.</summary>
internal sealed partial class RoomTable
{
    public const string Path = "docs/architecture.md";
    public const string AllAbove = "all above";

    private const string Begin = "<!-- rooms:begin -->";
    private const string End = "<!-- rooms:end -->";

    private readonly List<string> problems = [];
    private readonly HashSet<string> frontDoors = [];
    private readonly List<RoomRow> rows = [];

    private RoomTable()
    {
    }

    public IReadOnlyList<RoomRow> Rows => rows;

    /// <summary>The paths of the files that are a front door.</summary>
    public IReadOnlySet<string> FrontDoors => frontDoors;

    /// <summary>What cannot be read of it.</summary>
    public IReadOnlyList<string> Problems => problems;

    public static RoomTable Read(string markdown)
    {
        var table = new RoomTable();
        var begin = markdown.IndexOf(Begin, StringComparison.Ordinal);
        var end = markdown.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            table.problems.Add($"{Path} has no table of rooms between {Begin} and {End}");
            return table;
        }

        foreach (var line in markdown[(begin + Begin.Length)..end].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(2))
        {
            table.Add(line);
        }

        return table;
    }

    private void Add(string line)
    {
        var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
        if (cells.Length != 3)
        {
            problems.Add($"{Path}: a row of the table of rooms has {cells.Length} cells instead of 3: {line}");
            return;
        }

        var row = Row(Plain(cells[0]), cells[1], Plain(cells[2]));
        if (rows.Any(other => other.Name == row.Name))
        {
            problems.Add($"{Path}: {row.Name} has two rows");
            return;
        }

        rows.Add(row);
    }

    private RoomRow Row(string room, string what, string mayKnow)
    {
        var front = FrontDoor().Match(room);
        var project = front.Success ? front.Groups["project"].Value : room.Split('/')[0];
        var name = front.Success ? new Room(project, "", IsFrontDoor: true).Name : room;
        frontDoors.UnionWith(Entries(front.Groups["files"].Value).Select(file => $"src/{project}/{file}"));
        var all = mayKnow == AllAbove;
        var entries = all ? [] : Entries(mayKnow).Select(entry => Resolve(entry, project, name)).OfType<string>().ToList();
        return new RoomRow(name, what, project, room == project, front.Success, entries, all);
    }

    // A room of the same project may be called by its folder alone.
    private string? Resolve(string entry, string project, string row)
    {
        foreach (var name in new[] { project + "/" + entry, entry })
        {
            if (rows.Any(above => above.Name == name))
            {
                return name;
            }
        }

        problems.Add($"{Path}: {row} may know {entry}, which has no row above it");
        return null;
    }

    private static string Plain(string cell) => cell.Replace("`", "", StringComparison.Ordinal);

    private static string[] Entries(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^(?<project>\S+) \(front door: (?<files>[^)]+)\)$")]
    private static partial Regex FrontDoor();
}
