namespace Escapement.House.Tests.Rooms.Picture;

/// <summary>One project: its rooms as boxes, each above those that it knows, and lines from a room to what it knows.</summary>
internal sealed class Panel
{
    public const double BoxWidth = 124;
    public const double BoxHeight = 40;

    // More boxes side by side would make the picture too wide to be read on a page.
    private const int MostInALayer = 4;
    private const double NarrowestForTitle = 260;
    private const double Gap = 12;
    private const double LineWidth = 10;
    private const double Step = BoxHeight + 34;
    private const double Margin = 16;
    private const double Title = 30;

    private readonly List<List<Spot>> layers = [];
    private readonly List<IReadOnlyList<Spot>> lines = [];

    public Panel(string project, RoomGraph graph)
    {
        Project = project;
        var spots = Stack(graph);
        foreach (var room in graph.Rooms)
        {
            foreach (var known in graph.KnownReduced(room))
            {
                Connect(spots[room], spots[known]);
            }
        }

        Untangle();
        Width = Math.Max(layers.Max(LayerWidth) + 2 * Margin, NarrowestForTitle);
        Height = Title + layers.Count * Step - (Step - BoxHeight) + Margin;
        foreach (var layer in layers)
        {
            Spread(layer);
        }
    }

    public string Project { get; }

    public double X { get; set; }

    public double Y { get; set; }

    public double Middle => X + Width / 2;

    public double Width { get; }

    public double Height { get; }

    public IEnumerable<Spot> Boxes => layers.SelectMany(layer => layer).Where(spot => spot.Room is not null);

    /// <summary>Each from the box of a room, past the boxes between, to the box of a room that it knows.</summary>
    public IReadOnlyList<IReadOnlyList<Spot>> Lines => lines;

    // Every room lies in the lowest layer with a place left that is above all that it knows.
    private Dictionary<Room, Spot> Stack(RoomGraph graph)
    {
        Dictionary<Room, Spot> spots = [];
        foreach (var room in Layers.InOrder(graph))
        {
            var level = graph.KnownReduced(room).Select(known => spots[known].Level + 1).DefaultIfEmpty().Max();
            while (level < layers.Count && layers[level].Count == MostInALayer)
            {
                level++;
            }

            if (level == layers.Count)
            {
                layers.Add([]);
            }

            spots[room] = new Spot(room, level);
            layers[level].Add(spots[room]);
        }

        return spots;
    }

    // A line that passes layers gets a spot in each, so that it runs between their boxes.
    private void Connect(Spot upper, Spot lower)
    {
        List<Spot> line = [upper];
        for (var level = upper.Level - 1; level > lower.Level; level--)
        {
            var passing = new Spot(null, level);
            layers[level].Add(passing);
            line.Add(passing);
        }

        line.Add(lower);
        foreach (var (above, below) in line.Zip(line.Skip(1)))
        {
            above.Below.Add(below);
            below.Above.Add(above);
        }

        lines.Add(line);
    }

    // Each spot goes to the middle of those that it is connected with, layer by layer, down and up, until little changes.
    private void Untangle()
    {
        for (var round = 0; round < 8; round++)
        {
            foreach (var layer in round % 2 == 0 ? layers.AsEnumerable().Reverse() : layers)
            {
                var sorted = layer.OrderBy(spot => Pull(round % 2 == 0 ? spot.Above : spot.Below, spot)).ToList();
                layer.Clear();
                layer.AddRange(sorted);
                for (var place = 0; place < layer.Count; place++)
                {
                    layer[place].Place = (place + 0.5) / layer.Count;
                }
            }
        }
    }

    private static double Pull(List<Spot> neighbours, Spot spot) => neighbours.Count == 0 ? spot.Place : neighbours.Average(neighbour => neighbour.Place);

    private static double SpotWidth(Spot spot) => spot.Room is null ? LineWidth : BoxWidth;

    private static double LayerWidth(List<Spot> layer) => layer.Sum(SpotWidth) + (layer.Count - 1) * Gap;

    private void Spread(List<Spot> layer)
    {
        var x = (Width - LayerWidth(layer)) / 2;
        foreach (var spot in layer)
        {
            spot.X = x + SpotWidth(spot) / 2;
            spot.Y = Title + (layers.Count - 1 - spot.Level) * Step;
            x += SpotWidth(spot) + Gap;
        }
    }
}
