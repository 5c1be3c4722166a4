using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Escapement.Sqlite.Integrity;

/// <summary>Holds every bundle to the digest that was taken when it was published.</summary>
internal static class KeptBundles
{
    /// <summary>A sentence for each that is another, or is gone though its version is not withdrawn; none for a file that is no installation.</summary>
    public static IEnumerable<string> Damaged(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE name = 'bundles'";
        if ((long)command.ExecuteScalar()! == 0)
        {
            yield break;
        }

        // With the row's number, by which its content is read piece by piece.
        command.CommandText = """
            SELECT b.rowid, v.extension_id, v.version, v.bundle_sha256, b.content FROM versions v LEFT JOIN bundles b ON b.version_id = v.id
            WHERE v.withdrawn_at IS NULL OR b.version_id IS NOT NULL
            """;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (rows.IsDBNull(0))
            {
                yield return $"the bundle of {rows.GetString(1)} {rows.GetString(2)} is not there";
                continue;
            }

            using var content = rows.GetStream(4);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) != rows.GetString(3))
            {
                yield return $"the bundle of {rows.GetString(1)} {rows.GetString(2)} is not what was published";
            }
        }
    }
}
