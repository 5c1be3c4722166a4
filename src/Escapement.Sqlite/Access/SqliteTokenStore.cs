using Escapement.Access;
using Escapement.Audit;
using Escapement.Noting;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Access;

/// <inheritdoc/>
internal sealed class SqliteTokenStore(WriteQueue writer, ReadPool reader) : ITokenStore
{
    public ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => StoredToken.Write(db.Sql("add_first_token"), token).Run() == 1, cancellationToken);

    public async ValueTask AddAsync(ApiToken token, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            db =>
            {
                var added = StoredToken.Write(db.Sql("add_token"), token).Run();
                AuditRow.AppendIf(db, happened: true, audit);
                return added;
            },
            cancellationToken);

    public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => db.Sql("find_token").Set("sha256", sha256).First(StoredToken.Read), cancellationToken);

    public ValueTask<ApiToken?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => db.Sql("get_token").Set("id", id).First(StoredToken.Read), cancellationToken);

    public ValueTask<IReadOnlyList<ApiToken>> ListAsync(Guid before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ApiToken>>(
            db => db.Sql("list_tokens").Set("before", before).Set("limit", (long)limit).List(StoredToken.Read), cancellationToken);

    public ValueTask<bool> RotateAsync(TokenRotation rotation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
        ChangeAsync(db => StoredToken.Write(db.Sql("rotate_token"), rotation), audit, cancellationToken);

    public ValueTask<TokenRevoking> RevokeAsync(TokenRevocation revocation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db => revocation.LeavesOperator && !StoredToken.AskForOther(db.Sql("other_operator"), revocation).Any() ? TokenRevoking.LastOperator
                : AuditRow.AppendIf(db, StoredToken.Write(db.Sql("revoke_token"), revocation).Run() > 0, audit) ? TokenRevoking.Done
                : TokenRevoking.NotThere,
            cancellationToken);

    public async ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken) => await writer.WriteAsync(
        db =>
        {
            foreach (var use in uses)
            {
                db.Sql("note_token_use").Set("id", use.Of).Set("at", use.At).Run();
            }

            return uses.Count;
        },
        cancellationToken);

    // What changes no token leaves no entry: it is no change.
    private ValueTask<bool> ChangeAsync(Func<Database, Statement> change, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => AuditRow.AppendIf(db, change(db).Run() > 0, audit), cancellationToken);
}
