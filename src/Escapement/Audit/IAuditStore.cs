namespace Escapement.Audit;

/// <summary>Audit entries that are not part of a change's own transaction, and reading them.</summary>
internal interface IAuditStore : ITenantParts
{
    /// <summary>
    /// Writes entries durably in one transaction. Entries whose ids are there stay as they are, so that it can be repeated
    /// when its answer was lost; only their <see cref="AuditEntry.Count"/> grows. No id may come twice in one call.
    /// </summary>
    ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Entries, the newest first.</summary>
    /// <param name="walk">Which.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<AuditEntry>> ListAsync(AuditWalk walk, int limit, CancellationToken cancellationToken = default);

    /// <summary>One entry; null when the tenant has none of that id.</summary>
    /// <param name="tenant">Whose; null for those of none.</param>
    /// <param name="id">The entry.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<AuditEntry?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Large values that entries name by their hashes; those that are not kept any more are missing from the answer.</summary>
    /// <param name="scope">The install whose entries they are.</param>
    /// <param name="sha256">The hashes.</param>
    /// <param name="since">Only those that a change had from this instant on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyDictionary<string, string>> FindValuesAsync(
        InstallScope scope, IReadOnlyCollection<string> sha256, DateTimeOffset since, CancellationToken cancellationToken = default);
}
