using Escapement.Calls;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Calls;

/// <inheritdoc/>
internal sealed class PostgreSqlCallStore(Pool pool) : ICallStore
{
    public async ValueTask KeepAsync(KeptCall call, int most, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (session, ct) =>
        {
            var bucket = Bucket.Of(call.Scope.Tenant);
            session.Begin();
            StoredCall.Write(session.Sql("keep_call").Set("bucket", bucket), call)
                .Set("status", call.Status)
                .Set("reason", (int)call.Reason)
                .Set("duration_ms", (int)call.Duration.TotalMilliseconds);
            session.Sql("trim_calls").Set("bucket", bucket).Set("install", call.Scope.Install.Value).Set("others", most - 1L);
            return await session.Commit().RunAsync(ct);
        },
        cancellationToken);

    public ValueTask<KeptCall?> GetAsync(InstallScope scope, Guid id, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            Ask(session, "get_call", scope).Set("id", id);
            await using var rows = await session.OpenAsync(ct);
            return await rows.FirstAsync(StoredCall.Read, ct);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<KeptCall>> ListAsync(InstallScope scope, Guid? before, int limit, CancellationToken cancellationToken) =>
        pool.ReadAsync<IReadOnlyList<KeptCall>>(
            async (session, ct) =>
            {
                Ask(session, "list_calls", scope).Set("before", before ?? Guid.AllBitsSet).Set("limit", (long)limit);
                await using var rows = await session.OpenAsync(ct);
                return await rows.ListAsync(StoredCall.Read, ct);
            },
            cancellationToken);

    private static BatchStatement Ask(Session session, string statement, InstallScope scope) =>
        session.Sql(statement).Set("bucket", Bucket.Of(scope.Tenant)).Set("install", scope.Install.Value).Set("tenant", scope.Tenant.Value);
}
