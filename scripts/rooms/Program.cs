using Escapement.House.Tests;
using Escapement.House.Tests.Rooms;
using Escapement.House.Tests.Rooms.Picture;

// Shows the rooms under src/ as they are. The table that they are held to is docs/architecture.md.
switch (args)
{
    case ["table"]:
        Print.Table(MeasuredRooms.Now);
        return 0;
    case ["cycles"]:
        Print.Cycles(MeasuredRooms.Now);
        return 0;
    case ["lines"]:
        Print.Lines(MeasuredRooms.Now);
        return 0;
    case ["picture"]:
        File.WriteAllText(Path.Combine(Repository.Root, RoomPicture.Path), RoomPicture.Draw(MeasuredRooms.Now.Graph, MeasuredRooms.Now.Sizes));
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run --project scripts/rooms -- table | cycles | lines | picture");
        return 2;
}
