using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

internal sealed partial class WorkerPool
{
    [LoggerMessage(LogEvents.WorkerReady, LogLevel.Information, "Worker process {Process} is ready for {Slots} guests after {Elapsed}; held by {Confinements}")]
    private partial void WorkerReady(int process, int slots, TimeSpan elapsed, string confinements);

    [LoggerMessage(
        LogEvents.WorkerNotStarted,
        LogLevel.Error,
        "A worker process did not become ready, {Failures} times in a row; the next try is in {Delay}: {Reason}")]
    private partial void WorkerNotStarted(int failures, TimeSpan delay, string reason);

    [LoggerMessage(LogEvents.WorkerLost, LogLevel.Warning, "Worker process {Process} was lost and is replaced: {Reason}")]
    private partial void WorkerLost(int process, string reason);

    [LoggerMessage(LogEvents.WorkerRecycled, LogLevel.Information, "Worker process {Process} makes room for a new one after {Calls} calls")]
    private partial void WorkerRecycled(int process, ulong calls);

    [LoggerMessage(
        LogEvents.WorkerDoubted,
        LogLevel.Warning,
        "Worker process {Process} could not load compiled code that is as its seal says: a new one takes its place and tries it again, alone")]
    private partial void WorkerDoubted(int process);

    [LoggerMessage(
        LogEvents.WorkerRests,
        LogLevel.Information,
        "Worker process {Process} holds much memory: it is given no calls until it holds less, or another takes its place")]
    private partial void WorkerRests(int process);

    [LoggerMessage(LogEvents.WorkersIdle, LogLevel.Information, "Worker processes ended: nothing ran for {Idle}")]
    private partial void WorkersIdle(TimeSpan idle);
}
