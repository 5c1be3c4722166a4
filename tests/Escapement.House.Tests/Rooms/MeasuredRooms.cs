using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.House.Tests.Rooms;

/// <summary>The rooms of this checkout and what they know. Reading them takes some seconds, so it is done once.</summary>
internal sealed class MeasuredRooms
{
    private static readonly Lazy<MeasuredRooms> Measured = new(() => new MeasuredRooms());

    private readonly DependenceReader reader;

    private MeasuredRooms()
    {
        var files = SourceTree.CSharp();
        Table = RoomTable.Read(Repository.Read(RoomTable.Path));
        Compilation = SourceCompilation.Make(files, SourceTree.WebProjects());
        reader = new DependenceReader(Compilation, Table.FrontDoors);
        Paths = [.. files.Select(file => file.Path)];
        Graph = new RoomGraph(Paths.Select(path => Room.Of(path, Table.FrontDoors)), Dependences);
        Sizes = RoomSize.Measure(files, SourceTree.Sql(), Table.FrontDoors);
    }

    public static MeasuredRooms Now => Measured.Value;

    public IReadOnlyCollection<string> Paths { get; }

    public RoomTable Table { get; }

    public CSharpCompilation Compilation { get; }

    public IReadOnlyList<Dependence> Dependences => reader.Dependences;

    /// <summary>Names that nothing declares.</summary>
    public IEnumerable<string> Unknown => reader.Unknown;

    public RoomGraph Graph { get; }

    public IReadOnlyList<RoomSize> Sizes { get; }
}
