namespace Escapement.Wasm.Native;

/// <summary>The types of a component, as far as the host asks for them.</summary>
/// <param name="Imports">In the component's order, without what has no use at run time.</param>
/// <param name="Handler">The function that the host calls; null when it exports none.</param>
internal sealed record ComponentShape(IReadOnlyList<ImportedItem> Imports, GuestFunctionType? Handler)
{
    /// <summary>
    /// How many values the widest element of any list holds that the component can hand to the host. The engine counts an element as one,
    /// whatever it holds.
    /// </summary>
    public int WidestElement { get; } = WidestOf(Imports, Handler);

    private static int WidestOf(IReadOnlyList<ImportedItem> imports, GuestFunctionType? handler)
    {
        var widest = 1;
        foreach (var type in imports.SelectMany(Parameters).Append(handler?.Result).OfType<GuestType>())
        {
            _ = Values(type, ref widest);
        }

        return widest;
    }

    private static IEnumerable<GuestType> Parameters(ImportedItem item) => item switch
    {
        ImportedItem.Instance instance => instance.Items.SelectMany(Parameters),
        ImportedItem.Function function => function.Type.Parameters,
        _ => [],
    };

    /// <summary>How many values one of this type is, those in lists apart.</summary>
    private static int Values(GuestType type, ref int widest)
    {
        var sum = 0;
        var most = 0;
        foreach (var part in type.Parts)
        {
            var values = part.Type is { } of ? Values(of, ref widest) : type.Kind == ValueKind.Flags ? 1 : 0;
            sum += values;
            most = Math.Max(most, values);
        }

        switch (type.Kind)
        {
            case ValueKind.List or ValueKind.FixedLengthList or ValueKind.Map:
                widest = Math.Max(widest, sum);
                return 1;
            case ValueKind.Record or ValueKind.Tuple or ValueKind.Flags:
                return 1 + sum;
            case ValueKind.Variant or ValueKind.Option or ValueKind.Result:
                return 1 + most;
            default:
                return 1;
        }
    }
}
