using Escapement.House.Tests.Rooms;

/// <summary>What was measured, as Markdown.</summary>
internal static class Print
{
    /// <summary>Which room knows which, in the form of the table in docs/architecture.md and in an order that fits, as far as there is one.</summary>
    public static void Table(MeasuredRooms measured)
    {
        Console.WriteLine("| room | what | may know |\n| --- | --- | --- |");
        foreach (var room in Layers.InOrder(measured.Graph))
        {
            Console.WriteLine($"| `{room}` | | {string.Join(", ", measured.Graph.Known(room).Keys.Select(known => $"`{known}`"))} |");
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

            Console.WriteLine($"| **{project.Key}, all** | {project.Sum(size => size.Files)} | {project.Sum(size => size.CSharpLines)} | {project.Sum(size => size.SqlLines)} |");
        }
    }
}
