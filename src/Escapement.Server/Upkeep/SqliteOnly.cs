using Escapement.AspNetCore;
using Escapement.Sqlite.Backups;

namespace Escapement.Server.Upkeep;

/// <summary>These verbs are for the embedded store: PostgreSQL brings better tools of its own.</summary>
internal static class SqliteOnly
{
    /// <exception cref="BackupRefusedException">The settings name the other store.</exception>
    public static void Check(EscapementOptions options)
    {
        if (options.Store != StoreKind.Sqlite)
        {
            throw new BackupRefusedException(
                "Store: these settings name postgres, and this is for --store sqlite. Use the tools of PostgreSQL: pg_dump, pg_basebackup, pg_amcheck.");
        }
    }
}
