using Escapement.Extensions;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>Answers what became of an instant of a schedule, or will, and why: gathers what is kept around it, in a bounded number of reads.</summary>
internal sealed class WhyFinder(
    IWhyStore store,
    IPauseStore pauses,
    INodeStore nodes,
    NodeSilence silence,
    VersionCatalog versions,
    ScheduleLimits limits,
    RetentionOptions retention,
    TimeProvider time)
{
    private const int MostOutages = 20;

    /// <summary>The answer; null when the install has and had no such schedule.</summary>
    /// <param name="scope">The install, which may be uninstalled.</param>
    /// <param name="schedule">The schedule, which may be deleted.</param>
    /// <param name="at">The instant; null for the latest occurrence that is due.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<WhyAnswer?> FindAsync(
        InstallScope scope, ScheduleId schedule, DateTimeOffset? at, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var rows = await store.ReadAsync(scope, schedule, at ?? now.AddMilliseconds(1), cancellationToken);
        if (!rows.IsKnown)
        {
            return null;
        }

        if (at is null)
        {
            at = LatestDue(rows, now, cancellationToken);
            rows = await store.ReadAsync(scope, schedule, at.Value, cancellationToken);
        }

        var ground = await GatherAsync(scope, schedule, at.Value, now, rows, cancellationToken);
        var finding = WhyChain.Of(ground);
        return WhySentences.Tell(ground, finding, await BeforeAsync(scope, schedule, ground, finding, cancellationToken));
    }

    // An instant that is none of its times has the sentence of the occurrence before it.
    private async ValueTask<WhyAnswer?> BeforeAsync(
        InstallScope scope, ScheduleId schedule, WhyGround ground, WhyFinding finding, CancellationToken cancellationToken)
    {
        if (finding.Verdict != WhyVerdict.NotDue || ground.Times.Before(ground.At) is not { } before)
        {
            return null;
        }

        var rows = await store.ReadAsync(scope, schedule, before, cancellationToken);
        var earlier = await GatherAsync(scope, schedule, before, ground.Now, rows, cancellationToken);
        return WhySentences.Tell(earlier, WhyChain.Of(earlier));
    }

    private async ValueTask<WhyGround> GatherAsync(
        InstallScope scope, ScheduleId schedule, DateTimeOffset at, DateTimeOffset now, WhyRows rows, CancellationToken cancellationToken)
    {
        var ground = new WhyGround
        {
            At = at,
            Now = now,
            Rows = rows,
            SilentAfter = silence.Limit,
            CatchUpWindow = limits.CatchUpWindow,
            Horizon = now - retention.Runs,
            Asker = cancellationToken,
        };
        var row = WhyChain.FindRow(ground);

        // A row may say less than happened until it was made, or until its run started.
        var end = row is null ? now : Latest(at, row.CreatedAt, row.StartedAt);
        DateTimeOffset?[] began = [row?.Pause?.Since, rows.Schedule?.Pause?.Since, rows.Before.FirstOrDefault(r => r.DueAt < at && r.Attempt > 0)?.StartedAt];
        var span = new WhySpan(at, began.Append(at).OfType<DateTimeOffset>().Min(), end);
        var around = await store.ReadAroundAsync(scope, schedule, span, cancellationToken);
        return ground with
        {
            Around = around,
            Backfill = around.Repeats is [{ Backfill: { } backfill, RequestedBy: { } by, Note: var note }, ..]
                ? await store.SumBackfillAsync(scope, schedule, new RunAsk(by, note) { Backfill = backfill }, cancellationToken)
                : null,
            Above = [.. (await pauses.ListAsync(scope.Tenant, cancellationToken)).Where(p => p.Target.Covers(scope)).Select(p => p.Pause)],
            Outages = at < end ? await nodes.ListOutagesAsync(at, end, MostOutages, cancellationToken) : [],
            Nodes = await nodes.ListAsync(cancellationToken),
            Versions = await VersionsAsync(row is null ? around.Started : [.. around.Started, row], cancellationToken),
        };
    }

    private static DateTimeOffset Latest(DateTimeOffset at, DateTimeOffset created, DateTimeOffset? started)
    {
        var latest = created > at ? created : at;
        return started > latest ? started.Value : latest;
    }

    // The latest that has come due; of a schedule that is off, that would have; of one that never was due, the next.
    private static DateTimeOffset LatestDue(WhyRows rows, DateTimeOffset now, CancellationToken cancellationToken) =>
        new DefinedTimes(rows, cancellationToken).Before(now.AddTicks(1), evenWhileOff: !rows.IsRemoved)
        ?? rows.Schedule?.LastDueAt ?? rows.Schedule?.NextDueAt ?? now;

    private async ValueTask<IReadOnlyDictionary<VersionId, string>> VersionsAsync(IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        var names = new Dictionary<VersionId, string>();
        foreach (var id in runs.Select(r => r.Version).OfType<VersionId>().Distinct())
        {
            if (await versions.GetAsync(id, cancellationToken) is { } version)
            {
                names.Add(id, version.Manifest.Version);
            }
        }

        return names;
    }
}
