namespace Escapement.House.Tests.Rooms;

/// <summary>Rooms by how much stands below them: a room lies one layer above the highest that it knows, the rooms of a knot in one.</summary>
internal static class Layers
{
    public static IReadOnlyDictionary<Room, int> Of(RoomGraph graph)
    {
        Dictionary<Room, int> layers = [];
        foreach (var room in graph.Rooms)
        {
            Place(room, graph, layers);
        }

        return layers;
    }

    /// <summary>All rooms, each after those that it knows.</summary>
    public static IEnumerable<Room> InOrder(RoomGraph graph)
    {
        var layers = Of(graph);
        return graph.Rooms.OrderBy(room => layers[room]).ThenBy(room => room);
    }

    private static int Place(Room room, RoomGraph graph, Dictionary<Room, int> layers)
    {
        if (layers.TryGetValue(room, out var placed))
        {
            return placed;
        }

        var knot = graph.Rooms.Where(other => graph.SameKnot(room, other)).ToList();
        var below = knot.SelectMany(member => graph.Known(member).Keys).Except(knot);
        var layer = below.Select(known => Place(known, graph, layers) + 1).DefaultIfEmpty().Max();
        foreach (var member in knot)
        {
            layers[member] = layer;
        }

        return layer;
    }
}
