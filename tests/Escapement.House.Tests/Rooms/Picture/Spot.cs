namespace Escapement.House.Tests.Rooms.Picture;

/// <summary>A place in a layer of a panel: a room's box, or where a line passes. X is its middle, Y its upper edge.</summary>
internal sealed class Spot(Room? room, int level)
{
    public Room? Room { get; } = room;

    public int Level { get; } = level;

    public List<Spot> Above { get; } = [];

    public List<Spot> Below { get; } = [];

    /// <summary>How far to the right it lies in its layer, from 0 to 1.</summary>
    public double Place { get; set; }

    public double X { get; set; }

    public double Y { get; set; }
}
