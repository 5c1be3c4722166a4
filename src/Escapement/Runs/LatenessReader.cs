namespace Escapement.Runs;

/// <summary>Reads how punctual the host is, a bounded number of rows however much it fires.</summary>
internal sealed class LatenessReader(IRunStore store, TimeProvider time)
{
    /// <summary>How far back it looks.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>How many of the last runs it looks at.</summary>
    public const int MostRuns = 1_000;

    /// <summary>How many that wait are counted.</summary>
    public const int MostWaiting = 10_000;

    /// <summary>Of a tenant, or of all.</summary>
    public async ValueTask<Lateness> ReadAsync(TenantId? tenant, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var since = now - Window;
        var started = await store.ListStartedAsync(tenant, since, MostRuns, cancellationToken);
        return Lateness.Of(since, now, started, await store.CountWaitingAsync(tenant, now, MostWaiting, cancellationToken));
    }
}
