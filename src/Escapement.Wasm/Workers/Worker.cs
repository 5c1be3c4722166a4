using System.Diagnostics;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Bridges;
using Escapement.Wasm.Confinement;
using Escapement.Wasm.Protocol;
using Escapement.Wasm.Running;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

/// <summary>
/// One worker process and the calls in it. What it says is not believed without a look: a frame that does not fit, a call that it does not have, or one
/// host call too many is the end of it.
/// </summary>
internal sealed partial class Worker
{
    private readonly WorkerProcess process;
    private readonly FramePipe pipe;
    private readonly WasmSandboxOptions options;
    private readonly SandboxTelemetry telemetry;
    private readonly ILogger logger;
    private readonly Action<Worker, WorkerEnd> onEnd;
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, WorkerCall> calls = [];
    private readonly TaskCompletionSource<IReadOnlyList<string>> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private WorkerEnd? end;
    private long leftAt;
    private long askedAt = Stopwatch.GetTimestamp();
    private bool isAnswered = true;
    private ulong lastCall;

    /// <param name="process">The process, which nobody has talked to yet.</param>
    /// <param name="slots">Calls that it can carry out at once.</param>
    /// <param name="options">The limits.</param>
    /// <param name="telemetry">Gets host calls.</param>
    /// <param name="logger">The operator's log.</param>
    /// <param name="onEnd">Told once, when it is no more.</param>
    public Worker(
        WorkerProcess process, int slots, WasmSandboxOptions options, SandboxTelemetry telemetry, ILogger logger, Action<Worker, WorkerEnd> onEnd)
    {
        this.process = process;
        this.options = options;
        this.telemetry = telemetry;
        this.logger = logger;
        this.onEnd = onEnd;
        Slots = slots;
        pipe = new FramePipe(process.Output, process.Input, EndedMessage.MaxLength(options));
    }

    public int Slots { get; }

    /// <summary>Slots that are given out. The pool's account, under its lock.</summary>
    public int Taken { get; set; }

    /// <summary>Whether all of it is given to one call. The pool's account too.</summary>
    public bool IsTakenWhole { get; set; }

    /// <summary>Whether it is given no calls for now, since it has grown; those in it go on. The pool's account too.</summary>
    public bool IsResting { get; set; }

    /// <summary>Which worker of the pool it was to become ready, from 1. The pool's account too.</summary>
    public long Number { get; set; }

    public bool HasRoom => !IsResting && !IsTakenWhole && Taken < Slots;

    public int ProcessId => process.Id;

    /// <summary>Calls that were given to it so far.</summary>
    public ulong Calls => lastCall;

    /// <summary>How long ago it was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(startedAt);

    public bool IsReady => ready.Task.IsCompletedSuccessfully;

    /// <summary>Since when it takes no frame that is being written to it; null when it takes what it gets.</summary>
    public TimeSpan? NotTakingFor => pipe.WritingSince is { } since ? Stopwatch.GetElapsedTime(since) : null;

    public long? OwnMemory() => process.OwnMemory();

    /// <summary>How long it has not answered whether it is there; null when it has, or was not asked.</summary>
    public TimeSpan? NotAnsweringFor
    {
        get
        {
            lock (gate)
            {
                return isAnswered ? null : Stopwatch.GetElapsedTime(askedAt);
            }
        }
    }

    /// <summary>
    /// Asks whether it is there, unless something runs in it, whose limits tell, or it was asked lately. What it is given to run afterwards it has not begun
    /// as long as it does not answer: it reads one after the other.
    /// </summary>
    public void Ask(TimeSpan every)
    {
        try
        {
            lock (gate)
            {
                if (end is null && isAnswered && calls.Count == 0 && Stopwatch.GetElapsedTime(askedAt) >= every)
                {
                    (isAnswered, askedAt) = (false, Stopwatch.GetTimestamp());

                    // Under the lock, so that no call is sent before; it takes all that it is sent, so there is room for so little.
                    pipe.Write(FrameKind.Ping, 0, new WireWriter());
                }
            }
        }
        catch (IOException)
        {
            End(new WorkerEnd("It took no more frames."));
        }
    }

    /// <summary>Has it get ready, and tells what confines it, by name.</summary>
    /// <exception cref="IOException">It ended instead.</exception>
    public async Task<IReadOnlyList<string>> StartAsync(long dataBudget)
    {
        try
        {
            pipe.Write(FrameKind.Settings, 0, SettingsMessage.Write(options, Slots));
        }
        catch (IOException e)
        {
            End(new WorkerEnd(e.Message));
        }

        new Thread(Read) { Name = $"worker-{ProcessId}", IsBackground = true }.Start();
        var holds = await ready.Task;
        return
        [
            .. holds,
            .. DataLimit.TrySet(ProcessId, dataBudget) ? [Confinements.DataLimit] : Array.Empty<string>(),
            .. process.HasGroup ? [Confinements.MemoryCgroup] : Array.Empty<string>(),
        ];
    }

    /// <summary>Carries out one call.</summary>
    public async Task<WorkerAnswer> RunAsync(
        CompiledCode code, Invocation invocation, DateTimeOffset startedAt, Activity? caller, CancellationToken cancellationToken)
    {
        if (process.IsEnding())
        {
            End(new WorkerEnd("It was being ended by a signal, from somebody or from the system for want of memory."));
        }

        var call = Begin(invocation, startedAt, caller);
        if (call is null)
        {
            return default;
        }

        invocation.OnLog?.Invoke(() => LoggedBy(call));
        try
        {
            pipe.Write(FrameKind.Invoke, call.Id, InvokeMessage.Write(code, invocation));
        }
        catch (IOException)
        {
            // What was not sent was not begun.
            Forget(call);
            End(new WorkerEnd("It took no more calls."));
            return default;
        }

        await using var cancelling = cancellationToken.UnsafeRegister(_ => Cancel(call), null);
        return await call.Ended;
    }

    /// <summary>A call that the worker should have ended by now, if there is one.</summary>
    public WorkerCall? Overdue(TimeSpan grace)
    {
        lock (gate)
        {
            return calls.Values.FirstOrDefault(c => c.Elapsed > c.Invocation.TimeLimitWithin(options.TimeLimit) + grace || c.SinceCancelled > grace);
        }
    }

    /// <summary>How many lines of log it has told of calls that go on; for tests.</summary>
    public int LinesTold
    {
        get
        {
            lock (gate)
            {
                return calls.Values.Sum(c => c.Logged.Count);
            }
        }
    }

    /// <summary>Ends it, and what runs in it. Does nothing the second time.</summary>
    public void End(WorkerEnd why)
    {
        // However that was noticed.
        why = process.Outgrown is { } outgrown ? why with { Message = outgrown.Words } : why;
        List<(WorkerCall Call, List<GuestLogLine> Logged)> lost;
        lock (gate)
        {
            if (end is not null)
            {
                return;
            }

            end = why;

            // Copies of what they logged: the thread that reads may be adding to it.
            lost = [.. calls.Values.Select(c => (c, c.Logged.ToList()))];
            calls.Clear();
        }

        process.Kill();
        ready.TrySetException(new IOException(why.Message));

        // The pool first: whoever is told that a call was lost may come again at once.
        onEnd(this, why);
        foreach (var (call, logged) in lost)
        {
            var evidence = logged.Count == 0 ? RunEvidence.None : new RunEvidence(logged, 0, new Dictionary<string, int>());
            call.End(new WorkerAnswer(new Invoked(ResultOf(call, why), call.StartedAt, call.Elapsed, evidence)));
        }

        _ = DisposeWhenGoneAsync();
    }

    /// <summary>Lets it end by itself, which it does when nobody talks to it; nothing runs in it any more.</summary>
    public void Leave()
    {
        Volatile.Write(ref leftAt, Stopwatch.GetTimestamp());
        process.CloseInput();
    }

    /// <summary>How long ago it was left alone; null when it was not.</summary>
    public TimeSpan? LeftFor => Volatile.Read(ref leftAt) is var at && at == 0 ? null : Stopwatch.GetElapsedTime(at);

    /// <summary>Done when its process is no more, and with it what it held.</summary>
    public Task Gone => gone.Task;

    private async Task DisposeWhenGoneAsync()
    {
        await process.WaitForEndAsync();
        process.Dispose();
        gone.SetResult();
    }

    private InvocationResult ResultOf(WorkerCall call, WorkerEnd why)
    {
        if (why.IsWanted || call.SinceCancelled is not null)
        {
            return new InvocationResult.Cancelled();
        }

        return call == why.Guilty
            ? Failures.Make(
                RunReason.TimeOut,
                $"The time limit of {call.Invocation.TimeLimitWithin(options.TimeLimit).TotalSeconds:0.###} s was reached, and the guest could not be ended.")
            : new InvocationResult.WorkerLost(Alone: !call.Shared && !why.IsNobodysFault, $"The process that ran it was lost: {why.Message}");
    }

    private WorkerCall? Begin(Invocation invocation, DateTimeOffset startedAt, Activity? caller)
    {
        lock (gate)
        {
            if (end is not null)
            {
                return null;
            }

            var call = new WorkerCall(++lastCall, invocation, startedAt, caller);
            foreach (var other in calls.Values)
            {
                other.Shared = call.Shared = true;
            }

            calls.Add(call.Id, call);
            return call;
        }
    }

    private void Forget(WorkerCall call)
    {
        lock (gate)
        {
            calls.Remove(call.Id);
        }
    }

    private void Cancel(WorkerCall call)
    {
        call.Cancelled();
        TryWrite(FrameKind.Cancel, call, new WireWriter());
    }

    private void TryWrite(FrameKind kind, WorkerCall call, WireWriter message)
    {
        try
        {
            pipe.Write(kind, call.Id, message);
        }
        catch (IOException)
        {
            End(new WorkerEnd("It took no more frames."));
        }
    }

    private void Read()
    {
        try
        {
            while (pipe.TryRead(out var kind, out var id, out var payload))
            {
                Take(kind, id, new WireReader(payload));
            }

            End(new WorkerEnd(process.HowItEnded().Words));
        }
        catch (ProtocolException e)
        {
            End(new WorkerEnd($"It said what it must not say. {e.Message}"));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            End(new WorkerEnd(process.HowItEnded().Words));
        }
    }

    private void Take(FrameKind kind, ulong id, WireReader message)
    {
        switch (kind)
        {
            case FrameKind.Ready when !IsReady:
                ready.TrySetResult(ReadyMessage.Read(ref message));
                break;
            case FrameKind.Pong when NotAnsweringFor is not null:
                message.End();
                lock (gate)
                {
                    isAnswered = true;
                }

                break;
            case FrameKind.HostCall:
                Ask(Find(id), CapabilityBridge.ReadAny(ref message));
                break;
            case FrameKind.Logged:
                TakeLog(Find(id), ref message);
                break;
            case FrameKind.Ended:
                var call = Find(id);
                var invoked = EndedMessage.Read(ref message, options, call.StartedAt);
                Forget(call);
                call.End(new WorkerAnswer(invoked));
                break;
            case FrameKind.NotLoaded:
                TakeNotLoaded(Find(id), NotLoadedMessage.Read(ref message));
                break;
            default:
                throw new ProtocolException($"A worker does not say {kind} now.");
        }
    }

    private IReadOnlyList<GuestLogLine> LoggedBy(WorkerCall call)
    {
        lock (gate)
        {
            return [.. call.Logged];
        }
    }

    private void TakeLog(WorkerCall call, ref WireReader message)
    {
        lock (gate)
        {
            LogMessage.Read(ref message, call.Logged, options, call.StartedAt);
        }

        message.End();
    }

    // What was begun must not be begun again elsewhere.
    private void TakeNotLoaded(WorkerCall call, string why)
    {
        bool isNew;
        lock (gate)
        {
            isNew = lastCall == 1;
            if (call.HostCalls > 0 || call.Logged.Count > 0)
            {
                throw new ProtocolException("It could not load the code of a call that it had begun.");
            }
        }

        Forget(call);
        call.End(new WorkerAnswer(null, why, this, isNew));
    }

    private WorkerCall Find(ulong id)
    {
        lock (gate)
        {
            return calls.GetValueOrDefault(id) ?? throw new ProtocolException($"It has no call {id}.");
        }
    }

    private void Ask(WorkerCall call, HostCall asked)
    {
        lock (gate)
        {
            if (call.IsAsking || ++call.HostCalls > options.MaxHostCalls)
            {
                throw new ProtocolException("It asked for more than a guest may.");
            }

            call.IsAsking = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = AnswerAsync(call, asked), null);
    }

    private async Task AnswerAsync(WorkerCall call, HostCall asked)
    {
        using var span = telemetry.StartHostCall(asked.Operation, call.Caller);
        WireWriter? answer = null;
        try
        {
            answer = await asked.Answer(call.Invocation.Host, call.HostCallsEnd);
        }
        catch (OperationCanceledException) when (call.Ended.IsCompleted)
        {
            return;
        }
        catch (Exception e)
        {
            SandboxTelemetry.Fail(span, e);
            HostCallFailed(e, call.Invocation.Extension.Install.Scope.Install);
        }

        lock (gate)
        {
            call.IsAsking = false;
        }

        TryWrite(answer is null ? FrameKind.HostFailed : FrameKind.HostAnswer, call, answer ?? new WireWriter());
    }
}
