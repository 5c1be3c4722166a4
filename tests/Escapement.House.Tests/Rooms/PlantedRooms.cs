namespace Escapement.House.Tests.Rooms;

/// <summary>Sources in memory, as a small product of its own.</summary>
internal static class PlantedRooms
{
    public static IReadOnlyList<Dependence> Dependences(IReadOnlySet<string> frontDoors, params (string Path, string Text)[] files) =>
        new DependenceReader(SourceCompilation.Make(files.Select(file => new TextFile(file.Path, file.Text)), new HashSet<string>()), frontDoors).Dependences;

    public static IReadOnlyList<Dependence> Dependences(params (string Path, string Text)[] files) => Dependences(new HashSet<string>(), files);

    public static RoomGraph Graph(params (string Path, string Text)[] files) =>
        new(files.Select(file => Room.Of(file.Path, new HashSet<string>())), Dependences(files));

    public static RoomTable Table(params string[] rows) =>
        RoomTable.Read($"""
            <!-- rooms:begin -->
            | room | what | may know |
            | --- | --- | --- |
            {string.Join('\n', rows)}
            <!-- rooms:end -->
            """);

    /// <summary>What differs between files and a table of these rows.</summary>
    public static IReadOnlyList<string> Check(string[] rows, params (string Path, string Text)[] files)
    {
        var table = Table(rows);
        return RoomRules.Check(table, [.. files.Select(file => file.Path)], Dependences(table.FrontDoors, files));
    }
}
