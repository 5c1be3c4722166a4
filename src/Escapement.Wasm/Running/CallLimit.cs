using Escapement.Wasm.Native;

namespace Escapement.Wasm.Running;

/// <summary>How much the engine copies out of a guest in one call, the guest's answer included.</summary>
internal static class CallLimit
{
    /// <summary>Values in an element of the widest list that a handler can answer: a header, its name and its value.</summary>
    private const int ValuesOfAHeader = 3;

    // A response at its limit has headers beside its body.
    private const int Headers = 1_024;

    /// <summary>
    /// Enough for <see cref="WasmSandboxOptions.MaxHostCallBytes"/> as a list of bytes. What such a list costs the host is known, and lists of
    /// headers cost three times that; a component whose imports take wider elements gets less, so that no type of its own invention costs more.
    /// </summary>
    public static long Of(WasmSandboxOptions options, int widestElement)
    {
        long bytes = Math.Max(options.MaxHostCallBytes, options.MaxResponseBytes);
        var most = (bytes + Headers) * HostCallFuel.OfAnElement + bytes;
        return most * ValuesOfAHeader / Math.Max(widestElement, ValuesOfAHeader);
    }
}
