using Microsoft.Extensions.Logging;

namespace Escapement.AspNetCore.Problems;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(
        LogEvents.RequestStoreUnavailable,
        LogLevel.Error,
        "A {Method} request was refused because the store is unavailable (trace {TraceId}): {Problem}")]
    private partial void StoreUnavailable(string method, string traceId, string problem);

    [LoggerMessage(LogEvents.RequestFailed, LogLevel.Error, "A {Method} request failed in the host (trace {TraceId})")]
    private partial void Failed(Exception e, string method, string traceId);
}
