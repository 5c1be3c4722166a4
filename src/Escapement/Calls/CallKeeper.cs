using Microsoft.Extensions.Logging;

namespace Escapement.Calls;

/// <summary>Keeps calls for those who may know why they failed, on whichever node they ask.</summary>
internal sealed partial class CallKeeper
{
    /// <summary>How many calls of an install are kept.</summary>
    public const int PerInstall = 200;

    private readonly ICallStore store;
    private readonly TimeProvider time;
    private readonly ILogger<CallKeeper> logger;
    private readonly KeepRate failures = new(burst: 20, each: TimeSpan.FromSeconds(1));

    // Apart, so that what is a remark on every answer does not push out what failed.
    private readonly KeepRate remarks = new(burst: 1, each: TimeSpan.FromMinutes(1));

    /// <summary>Makes a keeper over a store.</summary>
    public CallKeeper(ICallStore store, TimeProvider time, ILogger<CallKeeper> logger)
    {
        this.store = store;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>
    /// Keeps a call, durably when it returns, so that who reads the answer finds it. Answers false when too many of its install came in a
    /// short time, or the store is away: the answer to the call must not hang on it.
    /// </summary>
    internal async ValueTask<bool> KeepAsync(KeptCall call)
    {
        if (!(call.Failed ? failures : remarks).Take(call.Scope.Install, time.GetUtcNow()))
        {
            return false;
        }

        try
        {
            await store.KeepAsync(call, PerInstall, CancellationToken.None);
            return true;
        }
        catch (StoreUnavailableException e)
        {
            NotKept(call.Id, e.Message);
            return false;
        }
    }

    [LoggerMessage(LogEvents.CallNotKept, LogLevel.Error, "Why the gateway call {Request} failed could not be kept: {Problem}")]
    private partial void NotKept(Guid request, string problem);
}
