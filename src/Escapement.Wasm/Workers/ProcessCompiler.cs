using System.ComponentModel;
using Escapement.Wasm.Components;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Workers;

/// <summary>
/// Compiles each component in a process of its own, checks included, which is killed when it takes longer or holds more memory than a compilation may.
/// </summary>
internal sealed class ProcessCompiler(WorkerSpawner spawner, WasmSandboxOptions options, CompileLimits limits) : IComponentCompiler
{
    // A compiler's own work is outside .NET's heap; inside is its input, its output and what these are read into.
    private const long HeapLimit = 512L << 20;

    // What is said once the code is there is words: what may say it is the component's own code, and what it says lies beside its code.
    private const int MaxWords = sizeof(int) + (3 * CompileResult.MaxReasonChars);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public async Task<CompileResult> CompileAsync(ReadOnlyMemory<byte> component, Action takesLong, CancellationToken cancellationToken)
    {
        if (component.Length > limits.ComponentBytes)
        {
            return new CompileResult.InputTooLarge(limits.ComponentBytes);
        }

        using var process = await StartAsync();
        using var timer = new CancellationTokenSource(limits.Time, TimeProvider.System);
        var working = Begin(process, component);
        try
        {
            return await WatchAsync(process, working, takesLong, timer.Token, cancellationToken);
        }
        finally
        {
            process.Kill();
            await process.WaitForEndAsync();
            await working.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<WorkerProcess> StartAsync()
    {
        try
        {
            return await spawner.StartAsync("compile", HeapLimit, limits.Group);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            throw new CompilerUnavailableException("A compiler could not be started.", e);
        }
    }

    private Task<CompileResult> Begin(WorkerProcess process, ReadOnlyMemory<byte> component)
    {
        try
        {
            return Task.Factory.StartNew(
                () => Talk(process, component), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (TaskSchedulerException e)
        {
            process.Kill();
            throw new CompilerUnavailableException("The system gives the host no thread to talk to a compiler with.", e);
        }
    }

    private async Task<CompileResult> WatchAsync(
        WorkerProcess process, Task<CompileResult> working, Action takesLong, CancellationToken late, CancellationToken cancellationToken)
    {
        var most = 0L;
        var usual = true;
        while (!working.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = process.ProcessorTime();
            if (taken > limits.ProcessorTime)
            {
                return new CompileResult.TimedOut(limits.ProcessorTime);
            }

            if (usual && taken > limits.UsualProcessorTime)
            {
                usual = false;
                takesLong();
            }

            if (late.IsCancellationRequested)
            {
                return new CompileResult.CompilerLost($"It came to no end in {limits.Time.TotalMinutes:0.#} minutes.");
            }

            most = Math.Max(most, process.OwnMemory() ?? 0);
            if (most > limits.Memory)
            {
                return new CompileResult.OutOfMemory(limits.Memory);
            }

            await Task.WhenAny(working, Task.Delay(LookEvery, TimeProvider.System, cancellationToken));
        }

        try
        {
            return await working;
        }
        catch (Exception e) when (e is IOException or ProtocolException)
        {
            return ResultOf(process.HowItEnded(), most, limits.Memory);
        }
    }

    /// <summary>What the end of a compiler in the middle of its work says.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="most">The most memory that it was seen to hold.</param>
    /// <param name="limit">What it may.</param>
    internal static CompileResult ResultOf(ProcessEnd end, long most, long limit) =>

        // The limit that it was given ends a compiler too, by telling it that there is no more; then it had come near to it, and ended by itself.
        end.WasOutgrown || (most > limit / 2 && !end.WasKilled) ? new CompileResult.OutOfMemory(limit) : new CompileResult.CompilerLost(end.Words);

    private CompileResult Talk(WorkerProcess process, ReadOnlyMemory<byte> component)
    {
        var pipe = new FramePipe(process.Output, process.Input, limits.CodeBytes);
        GetReady(pipe);
        Confinement.DataLimit.TrySet(process.Id, limits.Memory);
        pipe.WriteBytes(FrameKind.Compile, component.Span);
        if (!pipe.TryRead(out var kind, out _, out var payload))
        {
            throw new ProtocolException("The compiler said nothing.");
        }

        return kind switch
        {
            FrameKind.Compiled => Starts(pipe, new CompileResult.Compiled(Code(pipe, payload))),
            FrameKind.Refused => Refused(payload),
            _ => throw new ProtocolException($"A compiler does not say {kind}."),
        };
    }

    // What came lies in the pipe's buffer, and is taken with it: a copy would be as large again.
    private static ReadOnlyMemory<byte> Code(FramePipe pipe, ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        var length = reader.Count(1);
        var code = pipe.TakePayload(payload.Length, MaxWords)[^length..];
        return code.Length == payload.Length - sizeof(int) ? code : throw new ProtocolException("A compiler's code has another length than it says.");
    }

    // The component runs now, and may bring the process down or speak for it. Its code is there already, and all it can do is refuse itself.
    private static CompileResult Starts(FramePipe pipe, CompileResult.Compiled compiled)
    {
        try
        {
            return pipe.TryRead(out var kind, out _, out var payload) && kind == FrameKind.Refused ? Refused(payload) : compiled;
        }
        catch (Exception e) when (e is IOException or ProtocolException)
        {
            return compiled;
        }
    }

    private static CompileResult.Refused Refused(ReadOnlySpan<byte> payload) => new(new WireReader(payload).Text(CompileResult.MaxReasonChars));

    private void GetReady(FramePipe pipe)
    {
        try
        {
            pipe.Write(FrameKind.Settings, 0, SettingsMessage.Write(options, slots: 1));
            if (pipe.TryRead(out var kind, out _, out _) && kind == FrameKind.Ready)
            {
                return;
            }
        }
        catch (Exception e) when (e is IOException or ProtocolException)
        {
            throw new CompilerUnavailableException("A compiler did not become ready.", e);
        }

        throw new CompilerUnavailableException("A compiler did not become ready.");
    }
}
