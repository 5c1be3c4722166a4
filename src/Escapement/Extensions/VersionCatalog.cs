using System.Collections.Concurrent;

namespace Escapement.Extensions;

/// <summary>Versions by id, kept in memory: they never change, and the firing path asks for them on every run.</summary>
internal sealed class VersionCatalog
{
    // Enough for every version in use on most platforms; past it the catalogue starts over rather than grow.
    private const int MaxKept = 1_000;

    // Nor may a few with very long manifests, of which a version takes some ten bytes for each character.
    private const long MaxKeptChars = 16 << 20;

    private readonly ConcurrentDictionary<VersionId, ExtensionVersion> known = new();
    private readonly IVersionStore store;
    private long keptChars;

    /// <summary>Makes a catalogue over a store.</summary>
    public VersionCatalog(IVersionStore store) => this.store = store;

    /// <summary>One version, or null.</summary>
    public ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken = default) =>
        known.TryGetValue(id, out var version) ? new(version) : LoadAsync(id, cancellationToken);

    private async ValueTask<ExtensionVersion?> LoadAsync(VersionId id, CancellationToken cancellationToken)
    {
        var version = await store.GetAsync(id, cancellationToken);
        if (version is not null)
        {
            var chars = version.Manifest.Json.Length;
            if (known.Count >= MaxKept || Interlocked.Add(ref keptChars, chars) > MaxKeptChars)
            {
                known.Clear();
                Interlocked.Exchange(ref keptChars, chars);
            }

            known[id] = version;
        }

        return version;
    }
}
