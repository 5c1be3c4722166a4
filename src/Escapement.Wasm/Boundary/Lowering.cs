using Escapement.HostApi;
using Wasmtime.Components;

namespace Escapement.Wasm.Boundary;

/// <summary>Values on their way to the guest, by the names of their types in the world's WIT.</summary>
internal static class Lowering
{
    // A list<u8> crosses as one value per byte; these are immutable, so all lists share them.
    private static readonly ComponentValue[] EveryByte = [.. Enumerable.Range(0, 256).Select(b => ComponentValue.U8((byte)b))];

    public static ComponentValue Text(string value) => ComponentValue.String(value);

    public static ComponentValue Option(string? value) => Option(value, Text);

    public static ComponentValue Option<T>(T? value, Func<T, ComponentValue> lower)
        where T : class =>
        value is null ? ComponentValue.None() : ComponentValue.Some(lower(value));

    public static ComponentValue Bytes(ReadOnlyMemory<byte> bytes)
    {
        var values = new ComponentValue[bytes.Length];
        var span = bytes.Span;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = EveryByte[span[i]];
        }

        return ComponentValue.List(values);
    }

    public static ComponentValue List<T>(IReadOnlyList<T> items, Func<T, ComponentValue> lower)
    {
        var values = new ComponentValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = lower(items[i]);
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

    /// <summary>A <c>result</c>; the value is lowered to null where its type is <c>_</c>.</summary>
    public static ComponentValue Result<T, TError>(HostAnswer<T, TError> answer, Func<T, ComponentValue?> lower)
        where TError : struct, Enum =>
        answer.Error is { } error ? Errors.Of(error) : ComponentValue.Ok(lower(answer.Value!));
}
