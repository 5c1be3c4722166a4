using System.Text;
using Wasmtime.Components;

namespace Escapement.Wasm.Boundary;

/// <summary>What a guest handed over, in its own terms: bytes of text, and one for each element of a list, so that a list of bytes is its length.</summary>
internal static class Sizes
{
    public static long Of(ReadOnlySpan<ComponentValue> values)
    {
        long size = 0;
        foreach (var value in values)
        {
            size += Of(value);
        }

        return size;
    }

    private static long Of(ComponentValue value)
    {
        switch (value.Kind)
        {
            case ComponentValueKind.String:
                return Encoding.UTF8.GetByteCount(value.AsString());
            case ComponentValueKind.List:
                var items = value.AsList();
                long size = items.Count;

                // Elements of one list are of one type, and those of no size of their own need no look.
                if (items.Count > 0 && HoldsOthers(items[0].Kind))
                {
                    foreach (var item in items)
                    {
                        size += Of(item);
                    }
                }

                return size;
            case ComponentValueKind.Record:
                return value.AsRecord().Sum(static field => Of(field.Value));
            case ComponentValueKind.Tuple:
                return value.AsTuple().Sum(Of);
            case ComponentValueKind.Option or ComponentValueKind.Result or ComponentValueKind.Variant:
                return value.Payload is { } payload ? Of(payload) : 0;
            default:
                return 0;
        }
    }

    private static bool HoldsOthers(ComponentValueKind kind) => kind
        is ComponentValueKind.String or ComponentValueKind.List or ComponentValueKind.Record or ComponentValueKind.Tuple
        or ComponentValueKind.Option or ComponentValueKind.Result or ComponentValueKind.Variant;
}
