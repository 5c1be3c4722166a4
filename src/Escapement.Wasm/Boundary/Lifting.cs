using Wasmtime.Components;

namespace Escapement.Wasm.Boundary;

/// <summary>Values that come from the guest.</summary>
internal static class Lifting
{
    public static string? OptionalText(ComponentValue option) => option.IsSome ? option.Payload!.AsString() : null;

    public static bool? OptionalBool(ComponentValue option) => option.IsSome ? option.Payload!.AsBool() : null;

    public static byte[] Bytes(ComponentValue list)
    {
        var values = list.AsList();
        var bytes = new byte[values.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = values[i].AsU8();
        }

        return bytes;
    }
}
