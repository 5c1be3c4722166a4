using System.Diagnostics;
using System.Globalization;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Running;

/// <summary>
/// One invocation while its guest runs: on whose behalf, how much time and how many host calls are left, and what was kept.
/// Imports are bound once per component, so they find the run through the thread that the guest runs on; one thread runs one
/// guest at a time.
/// </summary>
/// <param name="invocation">What the guest carries out.</param>
/// <param name="options">Its limits.</param>
/// <param name="telemetry">Gets its host calls.</param>
/// <param name="caller">The span that the invocation is in, if any.</param>
/// <param name="time">The clock of its log lines.</param>
/// <param name="logger">The operator's log.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed partial class GuestRun(
    Invocation invocation,
    WasmSandboxOptions options,
    SandboxTelemetry telemetry,
    Activity? caller,
    TimeProvider time,
    ILogger logger,
    CancellationToken cancellationToken) : IDisposable
{
    [ThreadStatic]
    private static GuestRun? current;

    private readonly HostCallCounts hostCalls = new();
    private readonly CallBudget handedOver = new(options.MaxHostCallBytesPerRun);
    private readonly HashSet<string> explained = new(StringComparer.Ordinal);
    private readonly TimeSpan timeLimit = invocation.TimeLimitWithin(options.TimeLimit);
    private CancellationTokenSource? hostCallsEnd;
    private long started;
    private int budgeted;

    /// <summary>The run on this thread.</summary>
    /// <exception cref="InvalidOperationException">No guest runs here; a bug of the host.</exception>
    public static GuestRun Current => current ?? throw new InvalidOperationException("No guest runs on this thread.");

    public Invocation Invocation => invocation;

    public RunLog Log { get; } = new(options, time);

    /// <summary>Why the host ended the guest, if it did.</summary>
    public GuestEnd? End { get; private set; }

    // Real time, not the scheduler's clock: that one may be made to run fast or stand still, but a guest burns real seconds.
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    public void Enter()
    {
        started = Stopwatch.GetTimestamp();
        current = this;
    }

    public static void Leave() => current = null;

    /// <summary>Called at every tick while guest code runs: goes on, or ends it.</summary>
    public void CheckTime()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw EndGuest(null, "The caller gave up.");
        }

        if (Elapsed >= timeLimit)
        {
            throw EndGuest(
                RunReason.TimeOut,
                string.Create(CultureInfo.InvariantCulture, $"The time limit of {timeLimit.TotalSeconds:0.###} s was reached."));
        }
    }

    public GuestEndedException EndGuest(RunReason? reason, string message)
    {
        End ??= new GuestEnd(reason, message);
        return new GuestEndedException(message);
    }

    /// <summary>Counts what the guest handed over with a call, before anything is made of it.</summary>
    public void Take(string operation, long bytes)
    {
        if (!handedOver.Take(bytes))
        {
            throw EndGuest(
                RunReason.TooManyHostCalls,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The guest handed more than {options.MaxHostCallBytesPerRun} bytes to host calls in one run; the last was {operation}."));
        }
    }

    /// <summary>Tells in the run's log, once, what the answer of an operation has no words for.</summary>
    public void Explain(string operation, string why)
    {
        if (explained.Add(operation))
        {
            Log.Add("warn", $"{operation}: {why}");
        }
    }

    public void Count(string operation) => hostCalls.Add(operation);

    /// <summary>
    /// Calls an operation of a capability, which counts against the run's budget. The guest waits for it, so this thread does; but no
    /// longer than the guest may run.
    /// </summary>
    /// <param name="operation">What evidence and messages call it.</param>
    /// <param name="call">The call; its parameter's type says which capability.</param>
    public TAnswer Call<TCapability, TAnswer>(string operation, Func<TCapability, CancellationToken, ValueTask<TAnswer>> call)
        where TCapability : class
    {
        Count(operation);
        if (++budgeted > options.MaxHostCalls)
        {
            throw EndGuest(
                RunReason.TooManyHostCalls,
                string.Create(CultureInfo.InvariantCulture, $"More than {options.MaxHostCalls} host calls in one run; the last was {operation}."));
        }

        CheckTime();
        using var span = telemetry.StartHostCall(operation, caller);
        hostCallsEnd ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var answer = call(invocation.Host.Get<TCapability>(), hostCallsEnd.Token);
            return answer.IsCompletedSuccessfully ? answer.Result : Wait(answer.AsTask());
        }
        catch (Exception e) when (e is not GuestEndedException)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                throw EndGuest(null, "The caller gave up.");
            }

            SandboxTelemetry.Fail(span, e);
            HostCallFailed(e, invocation.Extension.Install.Scope.Install);
            throw EndGuest(RunReason.HostError, $"The host call {operation} failed; the host's log has the details.");
        }
    }

    public RunEvidence ToEvidence() => Log.ToEvidence(hostCalls.Counts);

    public void Dispose() => hostCallsEnd?.Dispose();

    private T Wait<T>(Task<T> answer)
    {
        var left = timeLimit - Elapsed;
        try
        {
            if (left > TimeSpan.Zero && answer.Wait((int)Math.Ceiling(left.TotalMilliseconds), cancellationToken))
            {
                return answer.Result;
            }
        }
        catch (AggregateException e) when (e.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
        }
        catch (OperationCanceledException) when (!answer.IsCompleted)
        {
            // Falls through: the caller gave up.
        }

        // The call goes on without anybody waiting; it is told to stop, and what it ends with is nobody's.
        hostCallsEnd!.Cancel();
        _ = answer.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        CheckTime();
        throw EndGuest(RunReason.TimeOut, "The time limit was reached in a host call.");
    }
}
