using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Migrations;

/// <summary>Brings a database to the newest schema: numbered scripts, forward only, each in a transaction of its own.</summary>
internal static class Migrator
{
    /// <summary>The number of the newest schema that this program knows.</summary>
    public static int Newest => SqlText.Migrations[^1].Number;

    /// <summary>Runs what is missing; answers the numbers before and after.</summary>
    /// <exception cref="StoreUnavailableException">The database is newer than this program.</exception>
    public static (int From, int To) Run(Database database, string file)
    {
        var from = (int)database.Number("PRAGMA user_version");
        if (from > Newest)
        {
            throw new StoreUnavailableException(
                $"{file} has schema {from}, but this program knows only up to schema {Newest}: a newer program has written it. " +
                "Run that version or a later one, or restore the backup made before the upgrade.");
        }

        if (from == 0 && database.Number("SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw new StoreUnavailableException(
                $"{file} is an SQLite database, but not one of Escapement's. Move it away or choose another data folder.");
        }

        foreach (var (number, name) in SqlText.Migrations)
        {
            if (number > from)
            {
                database.Script($"BEGIN IMMEDIATE; {SqlText.Of(name)}; PRAGMA user_version = {number}; COMMIT;");
            }
        }

        return (from, Newest);
    }
}
