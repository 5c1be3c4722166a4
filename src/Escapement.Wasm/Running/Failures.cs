using System.Globalization;
using Escapement.Firing;
using Escapement.Sandbox;
using Wasmtime;

namespace Escapement.Wasm.Running;

/// <summary>Names what a guest did to itself. The engine tells it by text only, so each phrase here has a test with a real guest.</summary>
internal static class Failures
{
    private const int MaxMessageChars = 4_000;

    public static InvocationResult.Failed Make(RunReason reason, string message) =>
        new(reason, message.Length <= MaxMessageChars ? message : message[..MaxMessageChars]);

    public static InvocationResult.Failed ResponseTooLarge(int limit) => Make(
        RunReason.ResponseTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The response is larger than the limit of {limit} bytes."));

    public static InvocationResult FromTrap(WasmtimeException e, WasmSandboxOptions options)
    {
        var text = e.Message;
        if (e.ExitCode is { } code)
        {
            return Make(RunReason.Trap, string.Create(CultureInfo.InvariantCulture, $"The guest ended itself with exit code {code} instead of answering."));
        }

        return Make(RunReason.Trap, $"The guest trapped: {text}");
    }
}
