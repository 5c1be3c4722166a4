using Wasmtime.Components;

namespace Escapement.Wasm.Boundary;

/// <summary>Short names for the values that cross the boundary.</summary>
internal static class Shapes
{
    // A list<u8> crosses as one value per byte; these are immutable, so all lists share them.
    private static readonly ComponentValue[] EveryByte = [.. Enumerable.Range(0, 256).Select(b => ComponentValue.U8((byte)b))];

    public static ComponentValue Text(string value) => ComponentValue.String(value);

    public static ComponentValue Option(string? value) => value is null ? ComponentValue.None() : ComponentValue.Some(Text(value));

    public static ComponentValue Bytes(ReadOnlySpan<byte> bytes)
    {
        var values = new ComponentValue[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            values[i] = EveryByte[bytes[i]];
        }

        return ComponentValue.List(values);
    }

    public static ComponentValue List<T>(IReadOnlyList<T> items, Func<T, ComponentValue> shape)
    {
        var values = new ComponentValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = shape(items[i]);
        }

        return ComponentValue.List(values);
    }

    public static ComponentValue Record(params ReadOnlySpan<(string Name, ComponentValue Value)> fields)
    {
        var pairs = new KeyValuePair<string, ComponentValue>[fields.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(fields[i].Name, fields[i].Value);
        }

        return ComponentValue.Record(pairs);
    }

    public static string? OptionalText(ComponentValue option) => option.IsSome ? option.Payload!.AsString() : null;
}
