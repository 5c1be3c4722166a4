using Escapement.Extensions;

namespace Escapement.SourceMaps;

/// <summary>The source maps of the versions that failed last, read out of their bundles one at a time.</summary>
internal sealed class SourceMapCatalogue(IVersionStore versions)
{
    /// <summary>Where a bundle has its map: <c>main.js</c> is what the engine calls the script in <c>dist/main.wasm</c>.</summary>
    public const string Path = "dist/main.js.map";

    private const int MostKept = 8;
    private const int MostKnownWithout = 1_000;

    private readonly Lock gate = new();
    private readonly LinkedList<(VersionId Version, SourceMap Map)> kept = [];
    private readonly HashSet<VersionId> without = [];
    private readonly SemaphoreSlim reading = new(1);

    /// <summary>Null when the version has no map that can be used.</summary>
    /// <param name="version">Whose.</param>
    /// <param name="cancellationToken">Gives up while another version's is read: what nobody waits for any more is not read.</param>
    public async Task<SourceMap?> FindAsync(VersionId version, CancellationToken cancellationToken)
    {
        if (TryGet(version, out var known))
        {
            return known;
        }

        await reading.WaitAsync(cancellationToken);
        try
        {
            if (TryGet(version, out known))
            {
                return known;
            }

            var bundle = await versions.GetBundleAsync(version);
            var map = bundle is not null && BundleFile.Read(bundle, Path, SourceMapReader.MaxBytes) is { } json ? SourceMapReader.Read(json) : null;
            Keep(version, map);
            return map;
        }
        finally
        {
            reading.Release();
        }
    }

    private bool TryGet(VersionId version, out SourceMap? map)
    {
        lock (gate)
        {
            map = null;
            for (var node = kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Version == version)
                {
                    kept.Remove(node);
                    kept.AddFirst(node);
                    map = node.Value.Map;
                    return true;
                }
            }

            return without.Contains(version);
        }
    }

    private void Keep(VersionId version, SourceMap? map)
    {
        lock (gate)
        {
            if (map is not null)
            {
                kept.AddFirst((version, map));
                if (kept.Count > MostKept)
                {
                    kept.RemoveLast();
                }

                return;
            }

            if (without.Count >= MostKnownWithout)
            {
                without.Clear();
            }

            without.Add(version);
        }
    }
}
