using Escapement.Wasm.Native;

namespace Escapement.Wasm.Imports;

/// <summary>How a function may say no in place of failing: a word of its result's enum, or null for a text of the host's choice.</summary>
internal sealed record OwnError(string? Word)
{
    // The clearest first.
    private static readonly string[] Words = ["denied", "not-allowed", "internal"];

    /// <summary>Null when the function's type has nothing for that.</summary>
    public static OwnError? Of(GuestFunctionType function)
    {
        if (function.Result is not { Kind: ValueKind.Result, Parts: [_, { Type: { } error }] })
        {
            return null;
        }

        return error.Kind switch
        {
            ValueKind.String => new OwnError(Word: null),
            ValueKind.Enum when Words.FirstOrDefault(w => error.Parts.Any(p => p.Name == w)) is { } word => new OwnError(word),
            _ => null,
        };
    }
}
