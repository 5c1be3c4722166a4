using Escapement.AspNetCore.Components;
using Escapement.Firing.Engine;
using Escapement.Sandbox;
using Escapement.Storage;
using Microsoft.Extensions.Logging;

namespace Escapement.AspNetCore.Health;

/// <summary>
/// Whether this node can do its work now. Asked without a token, so it answers in words that give nothing away, and at most once
/// a second, so that nobody can keep the store busy with it; what is wrong in detail goes to the log. A node that does
/// not fire has no engine to ask.
/// </summary>
internal sealed partial class Readiness(
    IStoreHealth store, ISandbox sandbox, ILogger<Readiness> logger, FiringEngine? engine = null) : IDisposable
{
    private const string NoZones = "There is no time zone data; install the package tzdata";
    private const string Drained = "This node was drained: it takes nothing new until somebody lets it take work again, or it is started again";
    private const string NoWorkers = "No process in which extensions run can be started; the node's log says why";
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
        var problems = new List<string>();
        var health = await store.CheckAsync(cancellationToken);
        if (!health.IsHealthy)
        {
            // The store's own words name files and folders.
            NotReady(health.Problem ?? "The store is not healthy");
            problems.Add("The store cannot be read or written; the node's log says why");
        }

        var claiming = engine?.CheckHealth();
        if (claiming?.Problem is { } stuck)
        {
            NotReady(stuck);
            problems.Add(stuck);
        }

        var zones = HasTimeZones();
        if (!zones)
        {
            NotReady(NoZones);
            problems.Add(NoZones);
        }

        var workers = sandbox.Workers();
        if (workers is { CanRun: false })
        {
            NotReady(NoWorkers);
            problems.Add(NoWorkers);
        }

        string[] warnings = [.. new[] { health.Warning, workers?.Warning, claiming is { IsDrained: true } ? Drained : null }.OfType<string>()];

        var isReady = problems.Count == 0;
        var checks = new ReadyChecks(
            Word(health.IsHealthy), claiming is { } claims ? Word(claims.IsHealthy) : null, Word(zones), workers is null ? null : Word(workers.CanRun));
        return new ReadyJson(
            isReady ? "ready" : "not-ready",
            checks,
            isReady ? null : problems,
            warnings.Length > 0 ? warnings : null,
            workers is { Confinements: { Count: > 0 } holds } ? holds : null);
    }

    private static string Word(bool ok) => ok ? "ok" : "failing";
}

/// <summary>The answer of <c>/readyz</c>.</summary>
/// <param name="Status"><c>ready</c> or <c>not-ready</c>.</param>
/// <param name="Checks">Each <c>ok</c> or <c>failing</c>.</param>
/// <param name="Problems">A sentence for each that fails; absent when none does.</param>
/// <param name="Warnings">What an operator should put right although the node works; absent when there is nothing.</param>
/// <param name="Confinements">What holds the processes in which extensions run, by name; absent in the first moment, and where they have none
/// of their own.</param>
internal sealed record ReadyJson(
    string Status, ReadyChecks Checks, IReadOnlyList<string>? Problems, IReadOnlyList<string>? Warnings, IReadOnlyList<string>? Confinements);

/// <summary>What readiness is made of.</summary>
/// <param name="Store">The store can be read and written.</param>
/// <param name="Firing">The engine claims, or all its slots are busy, or the node is drained; absent on a node that does not fire.</param>
/// <param name="TimeZones">The system has time zone data.</param>
/// <param name="Workers">The processes in which extensions run can be started; absent where extensions run in this process.</param>
internal sealed record ReadyChecks(string Store, string? Firing, string TimeZones, string? Workers);
