namespace Escapement.House.Tests.Rooms;

/// <summary>An order in which rooms come after those that they know.</summary>
internal static class RoomOrder
{
    /// <summary>
    /// Project after project, a base first and a front door last, and otherwise as the table has it where that fits. Rooms of a knot are taken as if
    /// they did not know one another.
    /// </summary>
    public static IReadOnlyList<Room> Of(RoomGraph graph, RoomTable table)
    {
        var projects = Layers.InOrder(graph.ByProject()).Select((project, place) => (project.Project, place))
            .ToDictionary(pair => pair.Project, pair => pair.place);
        var places = table.Rows.Select((row, place) => (row.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place);
        List<Room> left =
        [
            .. graph.Rooms.OrderBy(room => projects[room.Project]).ThenBy(room => room.IsFrontDoor ? 2 : room.IsBase ? 0 : 1)
                .ThenBy(room => places.GetValueOrDefault(room.Name, int.MaxValue)),
        ];
        List<Room> ordered = [];
        while (left.Count > 0)
        {
            var next = left.First(room => graph.Known(room).Keys.All(known => graph.SameKnot(room, known) || ordered.Contains(known)));
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }
}
