namespace Escapement.Audit;

/// <summary>Audit entries that are not part of a change's own transaction, and reading them.</summary>
internal interface IAuditStore : ITenantParts
{
    /// <summary>
    /// Writes entries durably in one transaction. Entries whose ids are there stay as they are, so that it can be repeated
    /// when its answer was lost; only their <see cref="AuditEntry.Count"/> grows. No id may come twice in one call.
    /// </summary>
    ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>A tenant's entries, newest first.</summary>
    /// <param name="tenant">Whose; null for those of none.</param>
    /// <param name="install">Only this install's; null for all.</param>
    /// <param name="before">Only entries whose id sorts before this one; null from the newest.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<AuditEntry>> ListAsync(
        TenantId? tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken = default);
}
