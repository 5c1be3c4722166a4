using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Routing;

/// <summary>Addresses that are the API's, the gateway's, health's and metrics', also where nothing is mapped at them: there they answer as ever.</summary>
internal sealed class HostPaths
{
    private const string Metrics = "/metrics";

    private readonly PathString[] roots;

    public HostPaths(EscapementOptions options)
    {
        string[] always = [options.ApiRoot, options.GatewayRoot, options.OpenApiPath, "/healthz", "/readyz"];
        string[] alone = options.OwnsAllPaths ? [options.ApiPrefix.TrimEnd('/'), FolderOf(options.OpenApiPath), Metrics] : [];
        roots = [.. always.Concat(alone).Where(p => p.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Select(p => new PathString(p))];
    }

    public bool Has(PathString path) => Array.Exists(roots, root => path.StartsWithSegments(root));

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')];
}
