using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Escapement.AspNetCore.Problems;

/// <summary>Tells the operator of requests that were refused: 401, 403 and 429. Who sends very many fills no disk with it.</summary>
internal sealed partial class RefusalLog : IDisposable
{
    private const int LongestPath = 200;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly RefusalTally tally = new();
    private readonly TimeProvider time;
    private readonly ILogger<RefusalLog> logger;
    private readonly ITimer timer;
    private int armed;

    public RefusalLog(TimeProvider time, ILogger<RefusalLog> logger)
    {
        this.time = time;
        this.logger = logger;
        timer = time.CreateTimer(_ => Flush(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Note(HttpContext context, int status)
    {
        if (tally.Note(ClientAddress.Of(context), time.GetUtcNow()) is var (address, leftOut))
        {
            var path = context.Request.Path.Value ?? "";
            Refused(status, context.Request.Method, path.Length > LongestPath ? path[..LongestPath] : path, address, leftOut);
        }

        Arm();
    }

    public void Dispose() => timer.Dispose();

    private void Arm()
    {
        if (Interlocked.Exchange(ref armed, 1) == 0)
        {
            timer.Change(Second, Timeout.InfiniteTimeSpan);
        }
    }

    private void Flush()
    {
        Volatile.Write(ref armed, 0);
        var (leftOut, anyLeft) = tally.Flush(time.GetUtcNow());
        foreach (var (address, count) in leftOut)
        {
            RefusedMore(count, address);
        }

        if (anyLeft)
        {
            Arm();
        }
    }

    [LoggerMessage(
        LogEvents.RequestsRefused,
        LogLevel.Warning,
        "Answered {Status} to {Method} {Path} from {Address}; {LeftOut} more from there were left out before")]
    private partial void Refused(int status, string method, string path, string address, int leftOut);

    [LoggerMessage(LogEvents.RequestsRefused, LogLevel.Warning, "Refused {Count} more requests from {Address} within a second")]
    private partial void RefusedMore(int count, string address);
}
