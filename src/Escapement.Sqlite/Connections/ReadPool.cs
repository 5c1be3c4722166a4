using System.Threading.Channels;

namespace Escapement.Sqlite.Connections;

/// <summary>A few connections that only read. A caller waits its turn without holding a thread.</summary>
internal sealed class ReadPool : IDisposable
{
    // A null stands for a connection that is opened when it is first needed.
    private readonly Channel<Database?> free = Channel.CreateUnbounded<Database?>();
    private readonly FoundDamage damage;
    private readonly SqliteStoreOptions options;

    public ReadPool(FoundDamage damage, SqliteStoreOptions options)
    {
        this.damage = damage;
        this.options = options;
        for (var i = 0; i < options.ReadConnections; i++)
        {
            free.Writer.TryWrite(null);
        }
    }

    /// <summary>Reads; what <paramref name="read"/> sees is one state of the database for each statement.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<Database, T> read, CancellationToken cancellationToken)
    {
        Database? database;
        try
        {
            database = await free.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(ReadPool), "The store is closed");
        }

        try
        {
            database ??= Database.OpenReader(damage.File, options);
            return read(database);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException)
        {
            throw damage.Explain(e);
        }
        finally
        {
            if (!free.Writer.TryWrite(database))
            {
                database?.Dispose();
            }
        }
    }

    public void Dispose()
    {
        free.Writer.TryComplete();
        while (free.Reader.TryRead(out var database))
        {
            database?.Dispose();
        }
    }
}
