using Escapement.Access;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Access;

/// <inheritdoc/>
internal sealed class SqliteTokenStore(WriteQueue writer, ReadPool reader) : ITokenStore
{
    public ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => StoredToken.Write(db.Sql("add_first_token"), token).Run() == 1, cancellationToken);

    public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => db.Sql("find_token").Set("sha256", sha256).First(StoredToken.Read), cancellationToken);
}
