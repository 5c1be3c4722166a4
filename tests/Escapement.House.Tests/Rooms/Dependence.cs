namespace Escapement.House.Tests.Rooms;

/// <summary>One place where a room's code names something that another room declares.</summary>
internal sealed record Dependence(Room From, Room To, string Symbol, string Path, int Line);
