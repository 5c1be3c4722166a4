using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>The locks that keep nodes apart where no row does. Each is one schema's, so that installations that share a database do not meet.</summary>
internal static class AdvisoryLock
{
    /// <summary>Held while the schema is brought up to date.</summary>
    public const int Migration = 0x4553_4301;

    /// <summary>Held while the first token is made.</summary>
    public const int FirstToken = 0x4553_4302;

    /// <summary>Held while partitions are made and dropped.</summary>
    public const int Retention = 0x4553_4303;

    /// <summary>Held while a SQLite installation is copied here.</summary>
    public const int Copying = 0x4553_4304;

    /// <summary>Held by a publication, for all of its publisher's.</summary>
    public const int Publisher = 0x4553_4305;

    /// <summary>The two keys of a lock, as the database's functions take them.</summary>
    /// <param name="what">Which lock.</param>
    /// <param name="schema">Whose; a name that was checked.</param>
    public static string Keys(int what, string schema) => FormattableString.Invariant($"{what}, hashtext('{schema}')");

    /// <summary>
    /// Gives a session's lock back. A session that is gone has given it back already, and the failure that it went with is the one
    /// to tell, so this one is not told.
    /// </summary>
    public static async ValueTask ReleaseAsync(NpgsqlConnection connection, int what, string schema)
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({Keys(what, schema)})", connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
        {
            // Gone with the session.
        }
    }
}
