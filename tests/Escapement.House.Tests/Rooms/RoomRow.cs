namespace Escapement.House.Tests.Rooms;

/// <summary>One row of the table: a room and what it may know besides what goes without saying.</summary>
internal sealed record RoomRow(string Name, string What, string Project, bool IsBase, bool IsFrontDoor, IReadOnlyList<string> MayKnow, bool MayKnowAll);
