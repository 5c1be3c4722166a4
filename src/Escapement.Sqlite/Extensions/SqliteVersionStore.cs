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
        ExtensionVersion version, ReadOnlyMemory<byte> bundle, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync<PublishOutcome>(
            db =>
            {
                if (Find(db, version.Manifest.Name, version.Manifest.Version) is not { } existing)
                {
                    Insert(db, version, bundle.Span);
                    AuditRow.Append(db, audit);
                    return new PublishOutcome.Published(version, true);
                }

                PublishOutcome outcome = existing.BundleSha256 == version.BundleSha256
                    ? new PublishOutcome.Published(existing, false)
                    : new PublishOutcome.OtherBytes(existing);
                AuditRow.Append(db, audit.Refused(outcome.Refusal));
                return outcome;
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

    private static ExtensionVersion? Find(Database database, string extensionId, string version) => VersionRow
        .ReadAll(database, database.Sql("find_version").Set("extension", extensionId).Set("version", version))
        .SingleOrDefault();

    private static void Insert(Database database, ExtensionVersion version, ReadOnlySpan<byte> bundle)
    {
        StoredVersion.Write(database.Sql("publish_version"), version).Run();
        foreach (var endpoint in version.Endpoints)
        {
            StoredVersion.WriteEndpoint(database.Sql("publish_endpoint"), version.Id, endpoint).Run();
        }

        var statement = database.Sql("publish_bundle").Set("version", version.Id.Value).Set("content", bundle);
        statement.Run();

        // The statement is kept; its copy of the bundle is not.
        statement.SetNull("content");
    }
}
