using Escapement.House.Tests.Rooms;

/// <summary>What was measured, as Markdown.</summary>
internal static class Print
{
    /// <summary>
    /// The table for docs/architecture.md as the code is. What the table there says about a room is kept, and so is that it may know all above it.
    /// </summary>
    public static void Table(MeasuredRooms measured)
    {
        var rows = measured.Table.Rows.ToDictionary(row => row.Name);
        HashSet<Room> above = [];
        Console.WriteLine("| room | what | may know |\n| --- | --- | --- |");
        foreach (var room in RoomOrder.Of(measured.Graph, measured.Table))
        {
            var row = rows.GetValueOrDefault(room.Name);
            var mayKnow = row is { MayKnowAll: true } ? RoomTable.AllAbove : MayKnow(room, measured.Graph, above);
            Console.WriteLine($"| {Name(room, measured)} | {row?.What} |{Cell(mayKnow)}|");
            above.Add(room);
        }
    }

    /// <summary>The rooms that know one another, with an example of each way in which they do.</summary>
    public static void Cycles(MeasuredRooms measured)
    {
        foreach (var knot in Knot.Find(measured.Graph))
        {
            Console.WriteLine($"{knot.Rooms.Count} rooms know one another: {string.Join(", ", knot.Rooms)}");
            foreach (var room in knot.Rooms)
            {
                foreach (var (known, places) in measured.Graph.Known(room).Where(edge => knot.Rooms.Contains(edge.Key)))
                {
                    Console.WriteLine($"  {room} knows {known} in {places.Count} places, as through {places[0].Symbol} ({places[0].Path}: {places[0].Line})");
                }
            }
        }
    }

    public static void Lines(MeasuredRooms measured)
    {
        Console.WriteLine("| room | files | lines of C# | lines of SQL |\n| --- | --- | --- | --- |");
        foreach (var project in measured.Sizes.GroupBy(size => size.Room.Project))
        {
            foreach (var size in project)
            {
                Console.WriteLine($"| {size.Room} | {size.Files} | {size.CSharpLines} | {size.SqlLines} |");
            }

            var (files, csharp, sql) = (project.Sum(size => size.Files), project.Sum(size => size.CSharpLines), project.Sum(size => size.SqlLines));
            Console.WriteLine($"| **{project.Key}, all** | {files} | {csharp} | {sql} |");
        }
    }

    private static string Cell(string text) => text.Length == 0 ? " " : $" {text} ";

    private static string Name(Room room, MeasuredRooms measured)
    {
        var files = measured.Table.FrontDoors.Intersect(measured.Paths).Where(path => Room.Of(path, measured.Table.FrontDoors) == room);
        var doors = string.Join(", ", files.Order(StringComparer.Ordinal).Select(path => $"`{Path.GetFileName(path)}`"));
        return room.IsFrontDoor ? $"`{room.Project}` (front door: {doors})" : $"`{room}`";
    }

    private static string MayKnow(Room room, RoomGraph graph, HashSet<Room> above)
    {
        var first = above.FirstOrDefault(room);
        var said = graph.Known(room).Keys.Where(known => !known.IsBase || (known.Project != room.Project && known != first)).ToList();
        foreach (var below in said.Where(known => !above.Contains(known)))
        {
            Console.Error.WriteLine($"{room} knows {below}, which stands below it");
        }

        // Rooms of the same project first, by their folders alone.
        return string.Join(", ", said.Where(above.Contains).OrderBy(known => known.Project != room.Project)
            .Select(known => $"`{(known.Project == room.Project && !known.IsFrontDoor ? known.Folder : known.Name)}`"));
    }
}
