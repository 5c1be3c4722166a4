namespace Escapement.Extensions;

/// <summary>
/// What a component imports, by name, read from its outermost sections (component model, binary format): as much of them as is needed to know which
/// functions each imported interface has. What cannot be read ends it without a word, for the compiler judges the component. Bounded.
/// </summary>
internal sealed class ComponentImports
{
    private const int AliasSection = 6;
    private const int TypeSection = 7;
    private const int ImportSection = 10;
    private const int ExportSection = 11;
    private const int MaxBytes = 1 << 20;

    // Real components have tens. Each import may name the same type, so that both together are what is looked through.
    private const int MaxImports = 1_000;
    private const int MaxFunctions = 10_000;

    // The functions of each type so far that is an instance's; the others count, for types are named by their number.
    private readonly List<IReadOnlyList<string>> types = [];
    private readonly List<(string Name, IReadOnlyList<string> Functions)> found = [];
    private readonly MemoryStream section = new();
    private bool isGivenUp;
    private long taken;
    private int functions;

    /// <summary>Each import with its functions. One that is a function by itself, of no interface, has none.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Functions)> Found => isGivenUp ? [] : found;

    /// <summary>Whether a section has something to do with it.</summary>
    public static bool Concerns(int section) => section is AliasSection or TypeSection or ImportSection or ExportSection;

    /// <summary>The next bytes of a section that it concerns.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        taken += bytes.Length;
        isGivenUp |= taken > MaxBytes;
        if (!isGivenUp)
        {
            section.Write(bytes);
        }
    }

    /// <summary>The section has ended.</summary>
    public void End(int kind)
    {
        var reader = new ComponentReader(section.GetBuffer().AsSpan(0, (int)section.Length));
        section.SetLength(0);
        for (var count = reader.Number(); count > 0 && !reader.IsLost && !isGivenUp; count--)
        {
            Take(ref reader, kind);
        }

        isGivenUp |= reader.IsLost;
    }

    private void Take(ref ComponentReader reader, int kind)
    {
        switch (kind)
        {
            case TypeSection:
                types.Add(reader.TypeWithFunctions());
                break;
            case AliasSection when reader.Alias() == ComponentReader.SortType:
                types.Add([]);
                break;
            case ImportSection:
                var name = reader.ExternalName();
                var (sort, index) = reader.Description();
                if (sort == ComponentReader.SortType)
                {
                    types.Add([]);
                }
                else if (!reader.IsLost)
                {
                    var type = sort == ComponentReader.SortInstance && index < types.Count ? types[(int)index] : [];
                    found.Add((name, type));
                    functions += type.Count;
                    isGivenUp |= found.Count > MaxImports || functions > MaxFunctions;
                }

                break;
            case ExportSection when reader.Export() == ComponentReader.SortType:
                types.Add([]);
                break;
        }
    }
}
