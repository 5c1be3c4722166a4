using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Previews;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Previews;

/// <inheritdoc/>
internal sealed class PostgreSqlPreviewStore(Pool pool) : IPreviewStore
{
    public async ValueTask AddAsync(Preview preview, DateTimeOffset removeBefore, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (session, ct) =>
        {
            var bucket = Bucket.Of(preview.Tenant);
            session.Begin().Sql("remove_old_previews").Set("bucket", bucket).Set("before", removeBefore);
            StoredPreview.Write(session.Sql("add_preview"), preview).Set("bucket", bucket);
            session.Sql("trim_previews")
                .Set("bucket", bucket)
                .Set("caller", preview.Caller)
                .Set("tenant", preview.Tenant?.Value ?? "")
                .Set("most", (long)Preview.Most)
                .Set("limit", (long)Preview.Most);
            return await session.Commit().RunAsync(ct);
        },
        cancellationToken);

    public ValueTask<Preview?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) =>
        pool.FirstAsync(About("find_preview", tenant, id), StoredPreview.Read, cancellationToken);

    public ValueTask<bool> TakeAsync(TenantId? tenant, Guid id, DateTimeOffset at, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            await using var rows = await session.Begin().Add(About("take_preview", tenant, id).Set("at", at)).Commit().OpenAsync(ct);
            return await rows.ReadAsync(ct);
        },
        cancellationToken);

    private static BatchStatement About(string statement, TenantId? tenant, Guid id) =>
        BatchStatement.Of(statement).Set("bucket", Bucket.Of(tenant)).Set("id", id).Set("tenant", tenant?.Value ?? "");
}
