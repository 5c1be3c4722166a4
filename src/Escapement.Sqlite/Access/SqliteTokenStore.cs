using Escapement.Access;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Access;

/// <inheritdoc/>
internal sealed class SqliteTokenStore(WriteQueue writer, ReadPool reader) : ITokenStore
{
    public ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db => db.Sql("add_first_token")
                .Set("id", token.Id)
                .Set("name", token.Name)
                .Set("sha256", token.Sha256.Span)
                .Set("created_at", token.CreatedAt)
                .Run() == 1,
            cancellationToken);

    public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            db =>
            {
                using var rows = db.Sql("find_token").Set("sha256", sha256.Span).Open();
                return rows.Read() ? new ApiToken(rows.Id(0), rows.Text(1), rows.Bytes(2).ToArray(), rows.Time(3)) : null;
            },
            cancellationToken);
}
