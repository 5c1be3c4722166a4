using Escapement.Access;
using Escapement.Audit;
using Escapement.Noting;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Access;

/// <inheritdoc/>
internal sealed class SqliteSessionStore(WriteQueue writer, ReadPool reader) : ISessionStore
{
    public async ValueTask AddAsync(
        ConsoleSession session, DateTimeOffset removeBefore, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => await writer.WriteAsync(
        db =>
        {
            db.Sql("remove_old_sessions").Set("before", removeBefore).Run();
            StoredSession.Write(db.Sql("add_session"), session).Run();
            if (session.TokenSha256 is { } token)
            {
                db.Sql("trim_sessions")
                    .Set("token_sha256", token)
                    .Set("most", (long)ConsoleSession.MostOfToken)
                    .Set("limit", (long)ConsoleSession.MostOfToken)
                    .Run();
            }

            return AuditRow.AppendIf(db, happened: true, audit);
        },
        cancellationToken);

    public ValueTask<ConsoleSession?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => db.Sql("find_session").Set("sha256", sha256).First(StoredSession.Read), cancellationToken);

    public ValueTask<ConsoleSession?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => db.Sql("get_session").Set("id", id).First(StoredSession.Read), cancellationToken);

    public ValueTask<IReadOnlyList<ConsoleSession>> ListAsync(Guid before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ConsoleSession>>(
            db => db.Sql("list_sessions").Set("before", before).Set("limit", (long)limit).List(StoredSession.Read), cancellationToken);

    public async ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken) => await writer.WriteAsync(
        db =>
        {
            foreach (var use in uses)
            {
                db.Sql("note_session_use").Set("id", use.Of).Set("at", use.At).Run();
            }

            return uses.Count;
        },
        cancellationToken);

    public async ValueTask AddCodeAsync(
        SignInCode code, DateTimeOffset now, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => await writer.WriteAsync(
        db =>
        {
            db.Sql("remove_old_sign_in_codes").Set("now", now).Run();
            // Before it is added, so that of codes that end together it is not the one to go.
            db.Sql("trim_sign_in_codes")
                .Set("token_sha256", code.TokenSha256)
                .Set("most", SignInCode.MostOfToken - 1L)
                .Set("limit", (long)SignInCode.MostOfToken)
                .Run();
            StoredSignInCode.Write(db.Sql("add_sign_in_code"), code).Run();
            return AuditRow.AppendIf(db, happened: true, audit);
        },
        cancellationToken);

    public ValueTask<SignInCode?> TakeCodeAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => db.Sql("take_sign_in_code").Set("sha256", sha256).First(StoredSignInCode.Read), cancellationToken);

    public async ValueTask EndAsync(Guid id, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => await writer.WriteAsync(
        db => AuditRow.AppendIf(db, db.Sql("end_session").Set("id", id).Run() > 0, audit), cancellationToken);
}
