using Escapement.Audit;
using Escapement.Extensions;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Extensions;

/// <inheritdoc/>
internal sealed class PostgreSqlVersionStore(Pool pool) : IVersionStore
{
    public ValueTask<PublishOutcome> PublishAsync(
        ExtensionVersion version, ReadOnlyMemory<byte> bundle, AuditEntry audit, PublisherQuota? quota, CancellationToken cancellationToken) =>
        pool.WriteAsync<PublishOutcome>(
        async (session, ct) =>
        {
            session.Begin();
            var there = quota is null ? default : await ThereAsync(session, version.PublishedBy, ct);
            PublishOutcome? Over(ExtensionVersion? withdrawn) =>
                quota is null ? null : PublishOutcome.OfQuota(version, bundle.Length, withdrawn, there, quota);

            var over = Over(withdrawn: null);
            if (over is null && await TryInsertAsync(session, version, bundle.Length, ct))
            {
                InsertParts(session, version, bundle);
                AuditRow.Append(session, audit);
                await session.Commit().RunAsync(ct);
                return new PublishOutcome.Published(version, true);
            }

            while (true)
            {
                var existing = await FindAsync(session, version.Manifest.Name, version.Manifest.Version, ct);
                if ((PublishOutcome.OfExisting(existing, version) ?? (existing is null ? over : Over(existing))) is { } nothingNew)
                {
                    await session.Commit().RunAsync(ct);
                    return nothingNew;
                }

                // Another may have brought it back since it was looked for: then it is there.
                if (await TryRestoreAsync(session, existing!.Id, version, bundle.Length, ct))
                {
                    session.Sql("publish_bundle").Set("version", existing.Id.Value).Set("content", bundle);
                    AuditRow.Append(session, audit);
                    await session.Commit().RunAsync(ct);
                    return new PublishOutcome.Published((await FindAsync(session, version.Manifest.Name, version.Manifest.Version, ct))!, true);
                }
            }
        },
        cancellationToken);

    // Whoever publishes under the same name on another node waits here until this transaction is over, so that none comes past its quota.
    private static async ValueTask<(long Bytes, long Waiting)> ThereAsync(Session session, string publisher, CancellationToken cancellationToken)
    {
        session.Sql("lock_publisher").Set("key", AdvisoryLock.Publisher).Set("publisher", publisher);
        session.Sql("sum_kept_bytes").Set("publisher", publisher);
        session.Sql("count_waiting_versions").Set("publisher", publisher);
        await using var rows = await session.OpenAsync(cancellationToken);
        await rows.NextAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var bytes = rows.Long(0);
        await rows.NextAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (bytes, rows.Long(0));
    }

    public ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken) => pool.ReadAsync<IReadOnlyList<ExtensionVersion>>(
        async (session, ct) =>
        {
            session.Sql("list_versions");
            return await VersionRow.ListAsync(session, ct);
        },
        cancellationToken);

    public ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            session.Sql("get_version").Set("id", id.Value);
            return (await VersionRow.ListAsync(session, ct)).SingleOrDefault();
        },
        cancellationToken);

    public ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken) =>
        pool.ReadAsync((session, ct) => FindAsync(session, extensionId, version, ct), cancellationToken);

    public ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken) =>
        pool.FirstAsync(BatchStatement.Of("get_bundle").Set("version", id.Value), rows => rows.Blob(0), cancellationToken);

    public ValueTask<WithdrawOutcome> WithdrawAsync(
        ExtensionVersion version, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin().Sql("lock_version").Set("id", version.Id.Value);
            session.Sql("count_version_installs").Set("version", version.Id.Value);
            WithdrawOutcome outcome;
            await using (var rows = await session.OpenAsync(ct))
            {
                var isThere = await rows.ReadAsync(ct);
                await rows.NextAsync(ct);
                await rows.ReadAsync(ct);
                outcome = !isThere ? new WithdrawOutcome.WithdrawnAlready()
                    : rows.Long(0) is > 0 and var installs ? new WithdrawOutcome.Installed(installs)
                    : new WithdrawOutcome.Withdrawn();
            }

            if (outcome is WithdrawOutcome.Withdrawn)
            {
                StoredVersion.WriteWithdrawn(session.Sql("withdraw_version"), version, now);
                session.Sql("delete_bundle").Set("version", version.Id.Value);
                session.Sql("forget_compilations").Set("component", version.ComponentSha256);
                AuditRow.Append(session, audit);
            }

            await session.Commit().RunAsync(ct);
            return outcome;
        },
        cancellationToken);

    private static async ValueTask<ExtensionVersion?> FindAsync(Session session, string extensionId, string version, CancellationToken cancellationToken)
    {
        session.Sql("find_version").Set("extension", extensionId).Set("version", version);
        return (await VersionRow.ListAsync(session, cancellationToken)).SingleOrDefault();
    }

    private static async ValueTask<bool> TryInsertAsync(Session session, ExtensionVersion version, int bundleBytes, CancellationToken cancellationToken)
    {
        StoredVersion.Write(session.Sql("publish_version"), version, bundleBytes);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }

    private static async ValueTask<bool> TryRestoreAsync(
        Session session, VersionId id, ExtensionVersion again, int bundleBytes, CancellationToken cancellationToken)
    {
        StoredVersion.WriteRestored(session.Sql("restore_version"), id, again, bundleBytes);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }

    private static void InsertParts(Session session, ExtensionVersion version, ReadOnlyMemory<byte> bundle)
    {
        foreach (var endpoint in version.Endpoints)
        {
            StoredVersion.WriteEndpoint(session.Sql("publish_endpoint"), version.Id, endpoint);
        }

        session.Sql("publish_bundle").Set("version", version.Id.Value).Set("content", bundle);
    }
}
