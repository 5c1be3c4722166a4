namespace Escapement.House.Tests.Rooms;

/// <summary>
/// A folder of a project under src/. The files at a project's root are its base, except those that the table calls its front door:
/// every room of a project may know its base and none its front door, which may know them all.
/// </summary>
internal readonly record struct Room(string Project, string Folder, bool IsFrontDoor = false) : IComparable<Room>
{
    public bool IsBase => Folder.Length == 0 && !IsFrontDoor;

    public string Name => IsFrontDoor ? Project + " (front door)" : IsBase ? Project : Project + "/" + Folder;

    public override string ToString() => Name;

    public int CompareTo(Room other) => string.CompareOrdinal(Name, other.Name);

    /// <summary>The room of a path such as <c>src/Escapement/Firing/Run.cs</c>.</summary>
    public static Room Of(string path, IReadOnlySet<string> frontDoors)
    {
        var parts = path.Split('/');
        return new Room(parts[1], string.Join('/', parts[2..^1]), frontDoors.Contains(path));
    }
}
