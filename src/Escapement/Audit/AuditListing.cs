namespace Escapement.Audit;

/// <summary>
/// Makes pages of audit entries, newest first: along an index, a bounded number of entries a page, so that a page can be short and there can be more all
/// the same.
/// </summary>
internal sealed class AuditListing(IAuditStore store)
{
    /// <summary>A page, and the last entry that was looked at, before which the next begins; null when this is the last.</summary>
    public async ValueTask<(IReadOnlyList<AuditEntry> Entries, AuditEntry? Last)> ListAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        var found = new List<AuditEntry>();
        var walk = query.Walk();
        AuditEntry? last = null;
        var (looked, batch) = (0, query.Limit + 1);
        while (true)
        {
            var asked = Math.Min(batch, query.MostLookedAt + 1 - looked);
            var entries = await store.ListAsync(walk, asked, cancellationToken);
            foreach (var entry in entries)
            {
                if (found.Count == query.Limit || looked == query.MostLookedAt)
                {
                    return (found, last);
                }

                looked++;
                last = entry;
                if (query.Matches(entry))
                {
                    found.Add(entry);
                }
            }

            if (entries.Count < asked)
            {
                return (found, null);
            }

            walk = walk with { Before = entries[^1].Id };
            batch *= 4;
        }
    }
}
