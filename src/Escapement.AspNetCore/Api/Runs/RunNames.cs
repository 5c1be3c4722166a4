using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>What that is called which runs are of and have run: rows keep its ids alone.</summary>
internal sealed class RunNames
{
    private readonly Dictionary<VersionId, Manifest> versions = [];
    private Dictionary<InstallScope, string> extensions = [];
    private IReadOnlyDictionary<ScheduleId, ScheduleLabel> schedules = new Dictionary<ScheduleId, ScheduleLabel>();

    /// <summary>For a run that has only just been asked for.</summary>
    public static RunNames None { get; } = new();

    public static async ValueTask<RunNames> OfAsync(HttpContext context, params IReadOnlyList<Run> runs)
    {
        var (services, cancellation) = (context.RequestServices, context.RequestAborted);
        var catalog = services.GetRequiredService<VersionCatalog>();
        var names = new RunNames
        {
            schedules = await services.GetRequiredService<IScheduleStore>()
                .NamesAsync([.. runs.Select(r => (r.Scope.Tenant, r.Schedule)).Distinct()], cancellation),
            extensions = (await services.GetRequiredService<IInstallStore>().GetManyAsync(runs.Select(r => r.Scope).ToHashSet(), cancellation))
                .ToDictionary(i => i.Scope, i => i.ExtensionId),
        };
        foreach (var id in runs.SelectMany(r => r.EarlierAttempts.Select(a => a.Version).Append(r.Version)).OfType<VersionId>().Distinct())
        {
            if (await catalog.GetAsync(id, cancellation) is { } version)
            {
                names.versions.Add(id, version.Manifest);
            }
        }

        return names;
    }

    /// <summary>Null for a run or an attempt that has no version.</summary>
    public string? NameOf(VersionId? version) => version is { } id ? versions.GetValueOrDefault(id)?.Version : null;

    /// <summary>Null for one that is kept no more.</summary>
    public ScheduleLabel? ScheduleOf(Run run) => schedules.GetValueOrDefault(run.Schedule);

    /// <summary>That of its install, or of what it ran where that was uninstalled; null where neither is known any more.</summary>
    public string? ExtensionOf(Run run) =>
        extensions.GetValueOrDefault(run.Scope) ?? (run.Version is { } id ? versions.GetValueOrDefault(id)?.Name : null);
}
