using Escapement.Extensions;
using Escapement.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>What the versions are called that runs have run: rows keep their ids alone.</summary>
internal sealed class RunVersions
{
    private readonly Dictionary<VersionId, string> names = [];

    public static async ValueTask<RunVersions> OfAsync(HttpContext context, params IReadOnlyList<Run> runs)
    {
        var catalog = context.RequestServices.GetRequiredService<VersionCatalog>();
        var versions = new RunVersions();
        foreach (var id in runs.Select(r => r.Version).OfType<VersionId>().Distinct())
        {
            if (await catalog.GetAsync(id, context.RequestAborted) is { } version)
            {
                versions.names.Add(id, version.Manifest.Version);
            }
        }

        return versions;
    }

    /// <summary>Null for a run that has none.</summary>
    public string? NameOf(Run run) => run.Version is { } id ? names.GetValueOrDefault(id) : null;
}
