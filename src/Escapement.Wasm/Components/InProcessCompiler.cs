using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// Compiles in the process it is called in, where neither time nor memory can be taken away from the compiler once it has begun: in a process
/// made for it, or in the host for extensions that are trusted.
/// </summary>
/// <param name="engine">For which engine.</param>
/// <param name="fault">What is wrong with a component that compiles and yet can never run; null when nothing is.</param>
/// <param name="memoryLimit">How much memory a guest may have.</param>
internal sealed class InProcessCompiler(Engine engine, Func<Component, string?> fault, long memoryLimit) : IComponentCompiler
{
    public async Task<CompileResult> CompileAsync(ReadOnlyMemory<byte> component, Action takesLong, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Seconds of work for a processor: on a thread of its own, so that the thread pool stays free.
        var result = await Task.Factory.StartNew(
            () => Compile(component.Span), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        NativeHeap.Trim();
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    public CompileResult Compile(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var component = Component.FromBytes(engine, bytes);
            return fault(component) is { } reason ? new CompileResult.Refused(reason) : new CompileResult.Compiled(component.Serialize());
        }
        catch (Exception e) when (e is WasmtimeException or ArgumentException)
        {
            return new CompileResult.Refused(
                EngineWords.OfLimit(e.Message, memoryLimit) ?? $"It is no component that this host can compile: {e.Message}");
        }
    }
}
