using Escapement.Firing;
using Microsoft.Extensions.Logging;

namespace Escapement.AspNetCore.Health;

/// <summary>
/// Whether this node can do its work now. Asked without a token, so it answers in words that give nothing away, and at most once
/// a second, so that nobody can keep the store busy with it; what is wrong in detail goes to the log. A node that does not fire
/// has no engine to ask.
/// </summary>
internal sealed partial class Readiness(IStoreHealth store, TimeProvider time, ILogger<Readiness> logger, FiringEngine? engine = null, FiringOptions? firing = null) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim one = new(1);
    private ReadyJson? kept;
    private long keptAt;

    public async ValueTask<ReadyJson> CheckAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            // Measured by the real clock: one that runs faster must not make the store's work more.
            if (kept is null || TimeProvider.System.GetElapsedTime(keptAt) >= KeptFor)
            {
                kept = await LookAsync(cancellationToken);
                keptAt = TimeProvider.System.GetTimestamp();
            }

            return kept;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private static bool HasTimeZones() => TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out _);

    private async ValueTask<ReadyJson> LookAsync(CancellationToken cancellationToken)
    {
        var health = await store.CheckAsync(cancellationToken);
        if (!health.IsHealthy)
        {
            NotReady(health.Problem ?? "The store is not healthy");
        }

        var zones = HasTimeZones();
        if (!zones)
        {
            NotReady("There is no time zone data; install the package tzdata");
        }

        var claiming = IsClaiming();
        var checks = new ReadyChecks(Word(health.IsHealthy), claiming is { } claims ? Word(claims) : null, Word(zones));
        return new ReadyJson(health.IsHealthy && claiming is not false && zones ? "ready" : "not-ready", checks, health.Warning is { } warning ? [warning] : null);
    }

    /// <summary>Null where nothing is fired.</summary>
    private bool? IsClaiming()
    {
        if (engine is null || firing is null)
        {
            return null;
        }

        // A node claims at least every poll interval; three in a row without one are no accident.
        return engine.LastClaimAt is { } last && time.GetUtcNow() - last < (3 * firing.PollInterval) + firing.LeaseDuration;
    }

    private static string Word(bool ok) => ok ? "ok" : "failing";

    [LoggerMessage(LogEvents.NotReady, LogLevel.Warning, "Not ready: {Problem}")]
    private partial void NotReady(string problem);
}

/// <summary>The answer of <c>/readyz</c>.</summary>
/// <param name="Status"><c>ready</c> or <c>not-ready</c>.</param>
/// <param name="Checks">Each <c>ok</c> or <c>failing</c>.</param>
/// <param name="Warnings">What an operator should put right although the node works; absent when there is nothing.</param>
internal sealed record ReadyJson(string Status, ReadyChecks Checks, IReadOnlyList<string>? Warnings);

/// <summary>What readiness is made of.</summary>
/// <param name="Store">The store can be read and written.</param>
/// <param name="Firing">The engine claims; absent on a node that does not fire.</param>
/// <param name="TimeZones">The system has time zone data.</param>
internal sealed record ReadyChecks(string Store, string? Firing, string TimeZones);
