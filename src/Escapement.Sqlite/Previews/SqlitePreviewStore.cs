using Escapement.Previews;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Previews;

/// <inheritdoc/>
internal sealed class SqlitePreviewStore(WriteQueue writer, ReadPool reader) : IPreviewStore
{
    public async ValueTask AddAsync(Preview preview, DateTimeOffset removeBefore, CancellationToken cancellationToken) => await writer.WriteAsync(
        db =>
        {
            db.Sql("remove_old_previews").Set("before", removeBefore).Run();
            StoredPreview.Write(db.Sql("add_preview"), preview).Run();
            return db.Sql("trim_previews")
                .Set("caller", preview.Caller)
                .Set("tenant", preview.Tenant?.Value ?? "")
                .Set("most", (long)Preview.Most)
                .Set("limit", (long)Preview.Most)
                .Run();
        },
        cancellationToken);

    public ValueTask<Preview?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => db.Sql("find_preview").Set("id", id).Set("tenant", tenant?.Value ?? "").First(StoredPreview.Read), cancellationToken);

    public ValueTask<bool> TakeAsync(TenantId? tenant, Guid id, DateTimeOffset at, CancellationToken cancellationToken) => writer.WriteAsync(
        db => db.Sql("take_preview").Set("id", id).Set("tenant", tenant?.Value ?? "").Set("at", at).Run() == 1, cancellationToken);
}
