using Escapement.Access;
using Escapement.Audit;
using Escapement.Noting;
using Escapement.PostgreSql.Audit;
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

    public async ValueTask AddAsync(ApiToken token, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (session, ct) =>
        {
            StoredToken.Write(session.Begin().Sql("add_token"), token);
            AuditRow.Append(session, audit);
            return await session.Commit().RunAsync(ct);
        },
        cancellationToken);

    public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        pool.FirstAsync(BatchStatement.Of("find_token").Set("sha256", sha256), StoredToken.Read, cancellationToken);

    public ValueTask<ApiToken?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        pool.FirstAsync(BatchStatement.Of("get_token").Set("id", id), StoredToken.Read, cancellationToken);

    public ValueTask<IReadOnlyList<ApiToken>> ListAsync(Guid before, int limit, CancellationToken cancellationToken) => pool.ListAsync(
        BatchStatement.Of("list_tokens").Set("before", before).Set("limit", (long)limit), StoredToken.Read, cancellationToken);

    public ValueTask<bool> RotateAsync(TokenRotation rotation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
        ChangeAsync(() => StoredToken.Write(BatchStatement.Of("rotate_token"), rotation), audit, cancellationToken);

    public ValueTask<TokenRevoking> RevokeAsync(TokenRevocation revocation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
        pool.WriteAsync(
            async (session, ct) =>
            {
                session.Begin();
                if (revocation.LeavesOperator)
                {
                    // Waited for, so that what the look after it sees is not being revoked by somebody who sees this one.
                    session.Sql("lock_tokens").Set("key", AdvisoryLock.FirstToken);
                    await session.RunAsync(ct);
                    if (!await AnyOtherAsync(session, revocation, ct))
                    {
                        await session.Commit().RunAsync(ct);
                        return TokenRevoking.LastOperator;
                    }
                }

                StoredToken.Write(session.Sql("revoke_token"), revocation);
                return await FinishAsync(session, audit, ct) ? TokenRevoking.Done : TokenRevoking.NotThere;
            },
            cancellationToken);

    public async ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin();
            foreach (var use in uses)
            {
                session.Sql("note_token_use").Set("id", use.Of).Set("at", use.At);
            }

            return await session.Commit().RunAsync(ct);
        },
        cancellationToken);

    private ValueTask<bool> ChangeAsync(Func<BatchStatement> change, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
        pool.WriteAsync((session, ct) => FinishAsync(session.Begin().Add(change()), audit, ct), cancellationToken);

    private static async ValueTask<bool> AnyOtherAsync(Session session, TokenRevocation revocation, CancellationToken cancellationToken)
    {
        StoredToken.AskForOther(session.Sql("other_operator"), revocation);
        await using var others = await session.OpenAsync(cancellationToken);
        return await others.ReadAsync(cancellationToken);
    }

    // What changes no token leaves no entry: it is no change.
    private static async ValueTask<bool> FinishAsync(Session session, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken)
    {
        bool changed;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            changed = await rows.ReadAsync(cancellationToken);
        }

        AuditRow.Append(session, changed ? audit : []);
        await session.Commit().RunAsync(cancellationToken);
        return changed;
    }
}
