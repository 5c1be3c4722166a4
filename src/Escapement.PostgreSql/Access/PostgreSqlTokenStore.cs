using Escapement.Access;
using Escapement.PostgreSql.Connections;

namespace Escapement.PostgreSql.Access;

/// <inheritdoc/>
internal sealed class PostgreSqlTokenStore(Pool pool) : ITokenStore
{
    public ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin();
            session.Sql("lock_tokens").Set("key", AdvisoryLock.FirstToken);
            await session.RunAsync(ct);
            session.Sql("add_first_token")
                .Set("id", token.Id)
                .Set("name", token.Name)
                .Set("sha256", token.Sha256)
                .Set("created_at", token.CreatedAt);
            await using var rows = await session.Commit().OpenAsync(ct);
            return await rows.ReadAsync(ct);
        },
        cancellationToken);

    public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            session.Sql("find_token").Set("sha256", sha256);
            await using var rows = await session.OpenAsync(ct);
            return await rows.FirstAsync(r => new ApiToken(r.Id(0), r.Text(1), r.Bytes(2), r.Time(3)), ct);
        },
        cancellationToken);
}
