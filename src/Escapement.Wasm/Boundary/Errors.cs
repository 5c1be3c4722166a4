using System.Collections.Frozen;
using System.Text.Json;
using Wasmtime.Components;

namespace Escapement.Wasm.Boundary;

/// <summary>
/// The error of a <c>result</c>. A capability's enum has the names of the WIT's, which spells them in kebab case; what the
/// enum has no name for is <c>internal</c>.
/// </summary>
internal static class Errors
{
    private static readonly ComponentValue Internal = Error("internal");

    public static ComponentValue Error(string name) => ComponentValue.Err(ComponentValue.Enum(name));

    public static ComponentValue Of<TError>(TError error)
        where TError : struct, Enum =>
        OfEnum<TError>.Values.GetValueOrDefault(error, Internal);

    private static class OfEnum<TError>
        where TError : struct, Enum
    {
        public static readonly FrozenDictionary<TError, ComponentValue> Values =
            Enum.GetValues<TError>().ToFrozenDictionary(e => e, e => Error(JsonNamingPolicy.KebabCaseLower.ConvertName(e.ToString())));
    }
}
