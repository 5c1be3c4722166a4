namespace Escapement.House.Tests.Rooms;

/// <summary>How much lies in a room. Lines of SQL count with the room in whose folder they lie.</summary>
internal sealed record RoomSize(Room Room, int Files, int CSharpLines, int SqlLines)
{
    public static IReadOnlyList<RoomSize> Measure(IEnumerable<TextFile> csharp, IEnumerable<TextFile> sql, IReadOnlySet<string> frontDoors) =>
        [.. csharp.Select(file => (File: file, IsSql: false)).Concat(sql.Select(file => (File: file, IsSql: true)))
            .GroupBy(pair => Room.Of(pair.File.Path, frontDoors), (room, files) => Sum(room, [.. files]))
            .OrderBy(size => size.Room)];

    private static RoomSize Sum(Room room, IReadOnlyCollection<(TextFile File, bool IsSql)> files) => new(
        room,
        files.Count,
        files.Where(pair => !pair.IsSql).Sum(pair => Lines(pair.File.Text)),
        files.Where(pair => pair.IsSql).Sum(pair => Lines(pair.File.Text)));

    private static int Lines(string text) => text.AsSpan().Count('\n');
}
