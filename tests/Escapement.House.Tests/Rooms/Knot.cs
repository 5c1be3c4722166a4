namespace Escapement.House.Tests.Rooms;

/// <summary>Rooms that all know one another, by themselves or through others; and one way round, as short as can be.</summary>
internal sealed record Knot(IReadOnlyList<Room> Rooms, IReadOnlyList<Dependence> Cycle)
{
    public static IReadOnlyList<Knot> Find(RoomGraph graph)
    {
        List<Knot> knots = [];
        foreach (var room in graph.Rooms.Where(room => graph.Reaches(room, room)))
        {
            if (!knots.Any(knot => knot.Rooms.Contains(room)))
            {
                knots.Add(new Knot([.. graph.Rooms.Where(other => graph.SameKnot(room, other))], ShortestWayBack(graph, room)));
            }
        }

        return knots;
    }

    public override string ToString() =>
        $"{Rooms.Count} rooms know one another ({string.Join(", ", Rooms)}), for example: "
        + string.Join("; ", Cycle.Select(step => $"{step.From} knows {step.To} through {step.Symbol} ({step.Path}: {step.Line})"));

    private static List<Dependence> ShortestWayBack(RoomGraph graph, Room start)
    {
        Dictionary<Room, Dependence> cameBy = [];
        Queue<Room> left = new([start]);
        while (!cameBy.ContainsKey(start))
        {
            foreach (var (next, places) in graph.Known(left.Dequeue()))
            {
                if (cameBy.TryAdd(next, places[0]))
                {
                    left.Enqueue(next);
                }
            }
        }

        List<Dependence> way = [cameBy[start]];
        while (way[0].From != start)
        {
            way.Insert(0, cameBy[way[0].From]);
        }

        return way;
    }
}
