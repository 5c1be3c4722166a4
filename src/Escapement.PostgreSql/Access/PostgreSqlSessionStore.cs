using Escapement.Access;
using Escapement.Audit;
using Escapement.Noting;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Access;

/// <inheritdoc/>
internal sealed class PostgreSqlSessionStore(Pool pool) : ISessionStore
{
    public async ValueTask AddAsync(
        ConsoleSession session, DateTimeOffset removeBefore, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (connection, ct) =>
        {
            connection.Begin().Sql("remove_old_sessions").Set("before", removeBefore);
            StoredSession.Write(connection.Sql("add_session"), session);
            if (session.TokenSha256 is { } token)
            {
                connection.Sql("trim_sessions")
                    .Set("token_sha256", token)
                    .Set("most", (long)ConsoleSession.MostOfToken)
                    .Set("limit", (long)ConsoleSession.MostOfToken);
            }

            AuditRow.Append(connection, audit);
            return await connection.Commit().RunAsync(ct);
        },
        cancellationToken);

    public ValueTask<ConsoleSession?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        pool.FirstAsync(BatchStatement.Of("find_session").Set("sha256", sha256), StoredSession.Read, cancellationToken);

    public ValueTask<ConsoleSession?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        pool.FirstAsync(BatchStatement.Of("get_session").Set("id", id), StoredSession.Read, cancellationToken);

    public ValueTask<IReadOnlyList<ConsoleSession>> ListAsync(Guid before, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(BatchStatement.Of("list_sessions").Set("before", before).Set("limit", (long)limit), StoredSession.Read, cancellationToken);

    public async ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (connection, ct) =>
        {
            connection.Begin();
            foreach (var use in uses)
            {
                connection.Sql("note_session_use").Set("id", use.Of).Set("at", use.At);
            }

            return await connection.Commit().RunAsync(ct);
        },
        cancellationToken);

    public async ValueTask AddCodeAsync(
        SignInCode code, DateTimeOffset now, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (connection, ct) =>
        {
            connection.Begin().Sql("remove_old_sign_in_codes").Set("now", now);
            // Before it is added, so that of codes that end together it is not the one to go.
            connection.Sql("trim_sign_in_codes")
                .Set("token_sha256", code.TokenSha256)
                .Set("most", SignInCode.MostOfToken - 1L)
                .Set("limit", (long)SignInCode.MostOfToken);
            StoredSignInCode.Write(connection.Sql("add_sign_in_code"), code);
            AuditRow.Append(connection, audit);
            return await connection.Commit().RunAsync(ct);
        },
        cancellationToken);

    public ValueTask<SignInCode?> TakeCodeAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) => pool.WriteAsync(
        async (connection, ct) =>
        {
            SignInCode? taken;
            await using (var rows = await connection.Begin().Add(BatchStatement.Of("take_sign_in_code").Set("sha256", sha256)).OpenAsync(ct))
            {
                taken = await rows.FirstAsync(StoredSignInCode.Read, ct);
            }

            await connection.Commit().RunAsync(ct);
            return taken;
        },
        cancellationToken);

    public async ValueTask EndAsync(Guid id, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (connection, ct) =>
        {
            bool ended;
            await using (var rows = await connection.Begin().Add(BatchStatement.Of("end_session").Set("id", id)).OpenAsync(ct))
            {
                ended = await rows.ReadAsync(ct);
            }

            AuditRow.Append(connection, ended ? audit : []);
            return await connection.Commit().RunAsync(ct);
        },
        cancellationToken);
}
