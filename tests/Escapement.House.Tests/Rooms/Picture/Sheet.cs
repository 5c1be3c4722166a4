namespace Escapement.House.Tests.Rooms.Picture;

/// <summary>All projects: each panel above the panels of those that it knows.</summary>
internal sealed class Sheet
{
    private const double Gap = 20;
    private const double Rise = 56;

    private readonly RoomGraph projects;
    private readonly List<Panel> panels = [];

    public Sheet(RoomGraph rooms)
    {
        projects = rooms.ByProject();
        var layers = Layers.Of(projects);
        List<List<Panel>> rows =
        [
            .. projects.Rooms.GroupBy(project => layers[project]).OrderByDescending(row => row.Key)
                .Select(row => row.Select(project => new Panel(project.Project, rooms.Within(project.Project))).ToList()),
        ];
        Width = rows.Max(RowWidth) + 2 * Gap;
        var y = Gap;
        foreach (var row in rows)
        {
            Spread(row, y);
            y += row.Max(panel => panel.Height) + Rise;
        }

        Height = y - Rise + Gap;
    }

    public double Width { get; }

    public double Height { get; }

    public IReadOnlyList<Panel> Panels => panels;

    /// <summary>Which project knows which, less what follows from others.</summary>
    public IEnumerable<(Panel Upper, Panel Lower)> Lines() =>
        from upper in panels
        from known in projects.KnownReduced(new Room(upper.Project, ""))
        select (upper, panels.Single(lower => lower.Project == known.Project));

    private static double RowWidth(List<Panel> row) => row.Sum(panel => panel.Width) + (row.Count - 1) * Gap;

    private void Spread(List<Panel> row, double y)
    {
        var x = (Width - RowWidth(row)) / 2;
        foreach (var panel in row)
        {
            panel.X = x;
            panel.Y = y;
            panels.Add(panel);
            x += panel.Width + Gap;
        }
    }
}
