namespace Escapement.House.Tests.Rooms;

/// <summary>Which room knows which, with the places that show it.</summary>
internal sealed class RoomGraph
{
    private readonly Dictionary<Room, SortedDictionary<Room, List<Dependence>>> known = [];
    private readonly Dictionary<Room, HashSet<Room>> reached = [];

    public RoomGraph(IEnumerable<Room> rooms, IEnumerable<Dependence> dependences)
    {
        Rooms = [.. rooms.Distinct().Order()];
        foreach (var room in Rooms)
        {
            known[room] = [];
        }

        foreach (var edge in dependences.GroupBy(dependence => (dependence.From, dependence.To)))
        {
            known[edge.Key.From][edge.Key.To] = [.. edge];
        }

        foreach (var room in Rooms)
        {
            reached[room] = Reach(room);
        }
    }

    public IReadOnlyList<Room> Rooms { get; }

    /// <summary>The rooms that a room knows by itself.</summary>
    public IReadOnlyDictionary<Room, List<Dependence>> Known(Room room) => known[room];

    /// <summary>Whether a room knows another by itself or through others.</summary>
    public bool Reaches(Room from, Room to) => reached[from].Contains(to);

    /// <summary>Whether two rooms know each other, so that neither can be understood first. A room is of its own knot.</summary>
    public bool SameKnot(Room one, Room other) => one == other || (Reaches(one, other) && Reaches(other, one));

    /// <summary>What is left of its dependences when those are left out that follow from others.</summary>
    public IEnumerable<Room> KnownReduced(Room room) =>
        from to in known[room].Keys
        where !SameKnot(room, to)
        where !known[room].Keys.Any(between => !SameKnot(between, room) && !SameKnot(between, to) && Reaches(between, to))
        select to;

    /// <summary>The rooms of one project among themselves.</summary>
    public RoomGraph Within(string project)
    {
        var inside = Rooms.Where(room => room.Project == project).ToList();
        return new RoomGraph(inside, inside.SelectMany(Known).Where(edge => edge.Key.Project == project).SelectMany(edge => edge.Value));
    }

    /// <summary>The projects as a whole, each as if it were one room.</summary>
    public RoomGraph ByProject()
    {
        static Room Whole(Room room) => new(room.Project, "");
        return new RoomGraph(
            Rooms.Select(Whole),
            from room in Rooms
            from edge in Known(room)
            where edge.Key.Project != room.Project
            select edge.Value[0] with { From = Whole(room), To = Whole(edge.Key) });
    }

    private HashSet<Room> Reach(Room from)
    {
        HashSet<Room> found = [];
        Queue<Room> left = new(known[from].Keys);
        while (left.TryDequeue(out var room))
        {
            if (found.Add(room))
            {
                foreach (var next in known[room].Keys)
                {
                    left.Enqueue(next);
                }
            }
        }

        return found;
    }
}
