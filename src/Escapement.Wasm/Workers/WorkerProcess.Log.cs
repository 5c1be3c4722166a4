using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

internal sealed partial class WorkerProcess
{
    [LoggerMessage(LogEvents.WorkerSaid, LogLevel.Warning, "The {Verb} process {Process} says: {Line}")]
    private partial void WorkerSaid(string verb, int process, string line);
}
