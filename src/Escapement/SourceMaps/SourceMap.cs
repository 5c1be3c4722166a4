namespace Escapement.SourceMaps;

/// <summary>From places in a bundled script to places in the files that it was made of.</summary>
internal sealed class SourceMap
{
    private readonly string[] files;
    private readonly Segment[] segments;

    // By line of the script: where its segments begin in the list. One more than there are lines.
    private readonly int[] lines;

    internal SourceMap(string[] files, Segment[] segments, int[] lines)
    {
        this.files = files;
        this.segments = segments;
        this.lines = lines;
    }

    /// <summary>The author's place; null when the map knows none.</summary>
    /// <param name="line">Counted from 1.</param>
    /// <param name="column">Counted from 1.</param>
    public SourcePlace? Find(int line, int column)
    {
        if (line < 1 || line >= lines.Length || column < 1)
        {
            return null;
        }

        var (first, end) = (lines[line - 1], lines[line]);
        var at = Array.BinarySearch(segments, first, end - first, new Segment(column - 1, 0, 0, 0), SegmentOrder.Instance);

        // A segment holds up to the next one.
        at = at >= 0 ? at : ~at - 1;
        return at < first ? null : new SourcePlace(files[segments[at].File], segments[at].Line + 1, segments[at].Column + 1);
    }

    /// <summary>All counted from 0, as a map has them.</summary>
    internal readonly record struct Segment(int ScriptColumn, int File, int Line, int Column);

    private sealed class SegmentOrder : IComparer<Segment>
    {
        public static readonly SegmentOrder Instance = new();

        public int Compare(Segment x, Segment y) => x.ScriptColumn.CompareTo(y.ScriptColumn);
    }
}
