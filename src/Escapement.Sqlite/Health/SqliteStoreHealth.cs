using Escapement.Sqlite.Connections;
using Escapement.Storage;

namespace Escapement.Sqlite.Health;

/// <inheritdoc/>
internal sealed class SqliteStoreHealth(WriteQueue writer, ReadPool reader, FoundDamage damage) : IStoreHealth
{
    public async ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reader.ReadAsync(Look, cancellationToken);
            await writer.WriteAsync(Touch, cancellationToken);
            return new StoreHealth(true, null, damage.Warning);
        }
        catch (Exception e) when (e is StoreUnavailableException or Microsoft.Data.Sqlite.SqliteException or ObjectDisposedException)
        {
            return new StoreHealth(false, e.Message, damage.Warning);
        }
    }

    private static int Look(Database database)
    {
        using var rows = database.Sql("health_read").Open();
        return rows.Read() ? rows.Int(0) : 0;
    }

    // Writes a page for real, so that a full disk or a lost mount is seen before the first schedule meets it.
    private static int Touch(Database database) => database.Sql("health_write").Run();
}
