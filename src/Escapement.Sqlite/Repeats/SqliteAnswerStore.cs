using Escapement.Repeats;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Repeats;

/// <inheritdoc/>
internal sealed class SqliteAnswerStore(ReadPool reader) : IAnswerStore
{
    public ValueTask<KeptAnswer?> FindAsync(RepeatableRequest request, DateTimeOffset from, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => AnswerRow.Find(db, request, from), cancellationToken);
}
