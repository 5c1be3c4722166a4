using Escapement.Access;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Access;

/// <inheritdoc/>
internal sealed class PostgreSqlTokenStore(Pool pool) : ITokenStore
{
    public ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            // Asked first: a distributed database stores nothing in a table that all of its machines hold while one of them is away.
            session.Sql("any_token");
            await using (var any = await session.OpenAsync(ct))
            {
                if (await any.ReadAsync(ct))
                {
                    return false;
                }
            }

            session.Begin();
            session.Sql("lock_tokens").Set("key", AdvisoryLock.FirstToken);
            await session.RunAsync(ct);
            StoredToken.Write(session.Sql("add_first_token"), token);
            await using var rows = await session.Commit().OpenAsync(ct);
            return await rows.ReadAsync(ct);
        },
        cancellationToken);

    public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        pool.FirstAsync(BatchStatement.Of("find_token").Set("sha256", sha256), StoredToken.Read, cancellationToken);
}
