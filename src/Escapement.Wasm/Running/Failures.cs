using System.Globalization;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Wasm.Boundary;
using Wasmtime;

namespace Escapement.Wasm.Running;

/// <summary>Names what a guest did to itself. The engine tells it by text only, so each phrase here has a test with a real guest.</summary>
internal static class Failures
{
    private const int MaxMessageChars = 4_000;

    public static InvocationResult.Failed Make(RunReason reason, string message) =>
        new(reason, message.Length <= MaxMessageChars ? message : message[..MaxMessageChars]);

    /// <param name="waits">What the runs of a version wait for whose component is not compiled.</param>
    public static InvocationResult.NotReady NotCompiled(string waits) =>
        new(RunReason.Compiling, waits.Length <= MaxMessageChars ? waits : waits[..MaxMessageChars]);

    /// <summary>Whether the engine's pool was full. From its first word: what a guest can put into a message comes later in it.</summary>
    public static bool IsForWantOfPlace(WasmtimeException e) => e.Message.StartsWith("maximum concurrent limit of", StringComparison.Ordinal);

    /// <param name="e">What the engine says.</param>
    /// <param name="log">What the guest said.</param>
    /// <param name="options">The limits.</param>
    /// <param name="isStarted">Whether it came as far as its handler.</param>
    public static InvocationResult FromTrap(WasmtimeException e, RunLog log, WasmSandboxOptions options, bool isStarted)
    {
        if (e.ExitCode is { } code)
        {
            return Make(
                RunReason.Trap,
                string.Create(CultureInfo.InvariantCulture, $"The guest ended itself with exit code {code} instead of answering."));
        }

        // The engine bounds what one call may copy out of a guest. Without a place in guest code it was the answer.
        if (e.Message.Contains("fuel allocated for hostcalls", StringComparison.Ordinal))
        {
            return e.Message.Contains("wasm backtrace", StringComparison.Ordinal)
                ? Make(
                    RunReason.Trap,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The guest handed more data to one host call than can be copied; the limit is {options.MaxHostCallBytes} bytes."))
                : Responses.TooLarge(options.MaxResponseBytes);
        }

        if (e.Message.Contains("call stack exhausted", StringComparison.Ordinal))
        {
            return Make(
                RunReason.Trap,
                string.Create(CultureInfo.InvariantCulture, $"The guest's call stack is exhausted; the limit is {options.StackSize} bytes."));
        }

        return log.SpokeOfNoMemory
            ? Make(
                RunReason.OutOfMemory,
                string.Create(CultureInfo.InvariantCulture, $"The guest ran out of memory; the limit is {options.MemoryLimit >> 20} MiB. {e.Message}"))
            : Make(RunReason.Trap, $"The guest trapped{(isStarted ? "" : " at its start, before its handler was called")}: {e.Message}");
    }
}
