using Escapement.PostgreSql.Connections;
using Npgsql;

namespace Escapement.PostgreSql.Copying;

/// <summary>What the schema says about a SQLite installation that was, or is being, copied into it.</summary>
/// <param name="Source">Which installation.</param>
/// <param name="FinishedAt">When it was all here and compared; null while it is not.</param>
/// <param name="Content">A hash over what was copied; null while it is not finished.</param>
internal sealed record CopyState(Guid Source, DateTimeOffset? FinishedAt, string? Content)
{
    /// <summary>The state of a schema; null for one that nothing was copied into.</summary>
    public static async ValueTask<CopyState?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT source, finished_at, content FROM copies ORDER BY started_at LIMIT 1", connection);
        await using var rows = new Rows(await command.ExecuteReaderAsync(cancellationToken));
        return await rows.FirstAsync(r => new CopyState(r.Id(0), r.TimeOrNull(1), r.TextOrNull(2)), cancellationToken);
    }

    /// <exception cref="StoreUnavailableException">
    /// A copy was begun and has not ended: nodes on it would fire a part of the schedules and fill what is still to be copied.
    /// </exception>
    public static async ValueTask RefuseHalfCopiedAsync(Pool pool, string schema, CancellationToken cancellationToken)
    {
        if (await pool.ReadAsync((session, ct) => ReadAsync(session.Connection, ct), cancellationToken) is { FinishedAt: null })
        {
            throw new StoreUnavailableException(
                $"Schema {schema} holds a part of a SQLite installation: copy-store was begun and has not ended. Run escapement-server copy-store again, " +
                $"with the same --data, and start this node when it says that it is done. ({pool.Server})");
        }
    }
}
