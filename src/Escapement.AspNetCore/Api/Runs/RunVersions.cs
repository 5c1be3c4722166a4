using Escapement.Extensions;
using Escapement.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>What the versions are called that runs have run: rows keep their ids alone.</summary>
internal sealed class RunVersions
{
    private readonly Dictionary<VersionId, string> names = [];

    /// <summary>For a run that has run nothing yet.</summary>
    public static RunVersions None { get; } = new();

    public static async ValueTask<RunVersions> OfAsync(HttpContext context, params IReadOnlyList<Run> runs)
    {
        var catalog = context.RequestServices.GetRequiredService<VersionCatalog>();
        var versions = new RunVersions();
        foreach (var id in runs.SelectMany(r => r.EarlierAttempts.Select(a => a.Version).Append(r.Version)).OfType<VersionId>().Distinct())
        {
            if (await catalog.GetAsync(id, context.RequestAborted) is { } version)
            {
                versions.names.Add(id, version.Manifest.Version);
            }
        }

        return versions;
    }

    /// <summary>Null for a run or an attempt that has none.</summary>
    public string? NameOf(VersionId? version) => version is { } id ? names.GetValueOrDefault(id) : null;
}
