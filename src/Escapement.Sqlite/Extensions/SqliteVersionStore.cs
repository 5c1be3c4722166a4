using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <inheritdoc/>
internal sealed class SqliteVersionStore(WriteQueue writer, ReadPool reader) : IVersionStore
{
    public ValueTask<PublishOutcome> PublishAsync(
        ExtensionVersion version, ReadOnlyMemory<byte> bundle, AuditEntry audit, PublisherQuota? quota, CancellationToken cancellationToken) =>
        writer.WriteAsync<PublishOutcome>(
            db =>
            {
                var existing = Find(db, version.Manifest.Name, version.Manifest.Version);
                if (PublishOutcome.OfExisting(existing, version) is { } nothingNew)
                {
                    return nothingNew;
                }

                if (quota is not null
                    && PublishOutcome.OfQuota(version, bundle.Length, existing, There(db, version.PublishedBy), quota) is { } over)
                {
                    return over;
                }

                AuditRow.Append(db, audit);
                if (existing is null)
                {
                    Insert(db, version, bundle.Span);
                    return new PublishOutcome.Published(version, true);
                }

                StoredVersion.WriteRestored(db.Sql("restore_version"), existing.Id, version, bundle.Length).Run();
                InsertBundle(db, existing.Id, bundle.Span);
                return new PublishOutcome.Published(Find(db, version.Manifest.Name, version.Manifest.Version)!, true);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ExtensionVersion>>(db => VersionRow.ReadAll(db, db.Sql("list_versions")), cancellationToken);

    public ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => VersionRow.ReadAll(db, db.Sql("get_version").Set("id", id.Value)).SingleOrDefault(), cancellationToken);

    public ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => Find(db, extensionId, version), cancellationToken);

    public ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => db.Sql("get_bundle").Set("version", id.Value).First(rows => rows.Blob(0)), cancellationToken);

    public ValueTask<WithdrawOutcome> WithdrawAsync(
        ExtensionVersion version, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                var outcome = Withdraw(db, version, now);
                AuditRow.AppendIf(db, outcome is WithdrawOutcome.Withdrawn, [audit]);
                return outcome;
            },
            cancellationToken);

    private static WithdrawOutcome Withdraw(Database database, ExtensionVersion version, DateTimeOffset now)
    {
        using (var rows = database.Sql("count_version_installs").Set("version", version.Id.Value).Open())
        {
            if (rows.Read() && rows.Long(0) is > 0 and var installs)
            {
                return new WithdrawOutcome.Installed(installs);
            }
        }

        if (StoredVersion.WriteWithdrawn(database.Sql("withdraw_version"), version, now).Run() == 0)
        {
            return new WithdrawOutcome.WithdrawnAlready();
        }

        database.Sql("delete_bundle").Set("version", version.Id.Value).Run();
        database.Sql("forget_compilations").Set("component", version.ComponentSha256).Run();
        return new WithdrawOutcome.Withdrawn();
    }

    private static (long Bytes, long Waiting) There(Database database, string publisher) => (
        database.Sql("sum_kept_bytes").Set("publisher", publisher).List(rows => rows.Long(0)).Single(),
        database.Sql("count_waiting_versions").Set("publisher", publisher).List(rows => rows.Long(0)).Single());

    private static ExtensionVersion? Find(Database database, string extensionId, string version) => VersionRow
        .ReadAll(database, database.Sql("find_version").Set("extension", extensionId).Set("version", version))
        .SingleOrDefault();

    private static void Insert(Database database, ExtensionVersion version, ReadOnlySpan<byte> bundle)
    {
        StoredVersion.Write(database.Sql("publish_version"), version, bundle.Length).Run();
        foreach (var endpoint in version.Endpoints)
        {
            StoredVersion.WriteEndpoint(database.Sql("publish_endpoint"), version.Id, endpoint).Run();
        }

        InsertBundle(database, version.Id, bundle);
    }

    private static void InsertBundle(Database database, VersionId version, ReadOnlySpan<byte> bundle)
    {
        var statement = database.Sql("publish_bundle").Set("version", version.Value).Set("content", bundle);
        statement.Run();

        // The statement is kept; its copy of the bundle is not.
        statement.SetNull("content");
    }
}
