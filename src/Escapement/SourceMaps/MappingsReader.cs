namespace Escapement.SourceMaps;

/// <summary>
/// Reads the <c>mappings</c> of a source map, version 3: numbers in base 64 of variable length, each told as its difference to the one before.
/// </summary>
internal ref struct MappingsReader(ReadOnlySpan<char> mappings, int files)
{
    private const int BitsOfADigit = 5;
    private const int MostLines = 200_000;

    private readonly ReadOnlySpan<char> text = mappings;
    private readonly int fileCount = files;
    private int at;

    /// <summary>False when it is not of that form, or of more lines than any script has.</summary>
    public bool TryRead(out List<SourceMap.Segment> segments, out List<int> lines)
    {
        segments = [];
        lines = [0];
        int scriptColumn = 0, file = 0, line = 0, column = 0;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case ';':
                    at++;
                    scriptColumn = 0;
                    lines.Add(segments.Count);
                    if (lines.Count > MostLines)
                    {
                        return false;
                    }

                    break;
                case ',':
                    at++;
                    break;
                default:
                    if (!Add(ref scriptColumn) || scriptColumn < 0)
                    {
                        return false;
                    }

                    // One of a single number stands for what comes from no file.
                    if (AtEndOfSegment())
                    {
                        break;
                    }

                    if (!Add(ref file) || !Add(ref line) || !Add(ref column) || file < 0 || file >= fileCount || line < 0 || column < 0)
                    {
                        return false;
                    }

                    // Out of order it could not be searched.
                    if (segments.Count > lines[^1] && segments[^1].ScriptColumn > scriptColumn)
                    {
                        return false;
                    }

                    segments.Add(new SourceMap.Segment(scriptColumn, file, line, column));
                    var name = 0;
                    if (!AtEndOfSegment() && (!Add(ref name) || !AtEndOfSegment()))
                    {
                        return false;
                    }

                    break;
            }
        }

        lines.Add(segments.Count);
        return true;
    }

    private readonly bool AtEndOfSegment() => at >= text.Length || text[at] is ',' or ';';

    private bool Add(ref int value)
    {
        long read = 0;
        for (var shift = 0; at < text.Length && shift <= 30; shift += BitsOfADigit)
        {
            var digit = Digit(text[at++]);
            if (digit < 0)
            {
                return false;
            }

            read |= (long)(digit & 31) << shift;
            if (digit < 32)
            {
                var sum = value + ((read & 1) == 0 ? read >> 1 : -(read >> 1));
                if (sum is < int.MinValue or >= int.MaxValue)
                {
                    return false;
                }

                value = (int)sum;
                return true;
            }
        }

        return false;
    }

    private static int Digit(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
