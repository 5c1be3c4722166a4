namespace Escapement.House.Tests.Rooms;

/// <summary>
/// Compares what rooms know with the table. A row names only rows above it, so rooms that keep to a table without problems form no cycle.
/// What goes without saying: a project's base is known to all its rooms, and the base in the first row to everybody.
/// </summary>
internal sealed class RoomRules
{
    private readonly RoomTable table;
    private readonly Dictionary<string, RoomRow> rows;
    private readonly Dictionary<string, int> places;

    private RoomRules(RoomTable table)
    {
        this.table = table;
        rows = table.Rows.ToDictionary(row => row.Name);
        places = table.Rows.Select((row, place) => (row, place)).ToDictionary(pair => pair.row.Name, pair => pair.place);
    }

    /// <summary>Everything in which they differ, for people.</summary>
    public static IReadOnlyList<string> Check(RoomTable table, IReadOnlyCollection<string> paths, IReadOnlyList<Dependence> dependences)
    {
        var rules = new RoomRules(table);
        var rooms = paths.Select(path => Room.Of(path, table.FrontDoors)).Distinct().ToList();
        return
        [
            .. table.Problems,
            .. rules.Misplaced(),
            .. rules.FrontDoorsThatAreNotThere(paths),
            .. rules.WithoutRow(rooms),
            .. rules.WithoutRoom(rooms),
            .. rules.NotAllowed(dependences),
            .. rules.Unused(dependences),
        ];
    }

    private IEnumerable<string> Misplaced() =>
        from row in table.Rows
        from other in table.Rows
        where other.Project == row.Project && other != row
        where (row.IsBase && places[other.Name] < places[row.Name]) || (row.IsFrontDoor && places[other.Name] > places[row.Name])
        select $"{RoomTable.Path}: {row.Name} must stand {(row.IsBase ? "above" : "below")} {other.Name}";

    private IEnumerable<string> FrontDoorsThatAreNotThere(IEnumerable<string> paths) =>
        table.FrontDoors.Except(paths).Order(StringComparer.Ordinal).Select(path => $"{RoomTable.Path}: there is no front door {path}");

    private IEnumerable<string> WithoutRow(IEnumerable<Room> rooms) =>
        rooms.Where(room => !rows.ContainsKey(room.Name)).Order().Select(room => $"{room.Name} has no row in the table of {RoomTable.Path}");

    private IEnumerable<string> WithoutRoom(IReadOnlyCollection<Room> rooms) =>
        table.Rows.Where(row => rooms.All(room => room.Name != row.Name)).Select(row => $"{RoomTable.Path}: nothing lies in {row.Name}");

    // One message for each file and room that it must not know: the first place.
    private IEnumerable<string> NotAllowed(IEnumerable<Dependence> dependences) =>
        from dependence in dependences
        where rows.ContainsKey(dependence.From.Name) && rows.ContainsKey(dependence.To.Name) && !Allows(dependence)
        group dependence by (dependence.Path, dependence.To) into lines
        let first = lines.First()
        select $"{first.Path}: {first.Line}: room {first.From} knows room {first.To} through {first.Symbol}, which the table in {RoomTable.Path} does not have";

    private bool Allows(Dependence dependence)
    {
        var row = rows[dependence.From.Name];
        var known = dependence.To.Name;
        return places[known] < places[row.Name] && (row.MayKnowAll || row.MayKnow.Contains(known) || GoesWithoutSaying(row, known));
    }

    private IEnumerable<string> Unused(IReadOnlyList<Dependence> dependences)
    {
        var measured = dependences.Select(dependence => (dependence.From.Name, dependence.To.Name)).ToHashSet();
        return from row in table.Rows
            from known in row.MayKnow
            where GoesWithoutSaying(row, known) || !measured.Contains((row.Name, known))
            select $"{RoomTable.Path}: {row.Name} may know {known}, but {(GoesWithoutSaying(row, known) ? "that goes without saying" : "does not")}";
    }

    private bool GoesWithoutSaying(RoomRow row, string known) => rows[known].IsBase && (rows[known].Project == row.Project || places[known] == 0);
}
