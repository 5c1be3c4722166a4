using System.Collections.Concurrent;

namespace Escapement.Listing;

/// <summary>
/// Pages of tenants with what they have. Counting is the dearest thing that a list does, so a page is kept for <see cref="KeptFor"/>, and several who ask for
/// it at once wait for one.
/// </summary>
internal sealed class TenantListing(ITenantListStore store, TimeProvider time)
{
    /// <summary>How old a page may be.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    // Beyond it all are forgotten: a cursor can be made up.
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<(string After, int Limit), Kept> pages = new();

    /// <summary>Tenants by name, after one, at most so many; and whether there are more.</summary>
    public async ValueTask<(IReadOnlyList<TenantCounts> Items, bool More)> ListAsync(string after, int limit, CancellationToken cancellationToken = default)
    {
        if (pages.Count >= Most)
        {
            pages.Clear();
        }

        var key = (after, limit);
        var kept = pages.AddOrUpdate(key, _ => Ask(after, limit), (_, known) => IsGood(known) ? known : Ask(after, limit));
        var rows = await kept.Rows.Value.WaitAsync(cancellationToken);
        return ([.. rows.Take(limit)], rows.Count > limit);
    }

    private bool IsGood(Kept kept) => time.GetElapsedTime(kept.AskedAt) < KeptFor && !(kept.Rows.IsValueCreated && kept.Rows.Value.IsFaulted);

    // Whoever asks first gives up without ending it for the others.
    private Kept Ask(string after, int limit) =>
        new(time.GetTimestamp(), new Lazy<Task<IReadOnlyList<TenantCounts>>>(() => store.ListAsync(after, limit + 1, CancellationToken.None).AsTask()));

    private sealed record Kept(long AskedAt, Lazy<Task<IReadOnlyList<TenantCounts>>> Rows);
}
