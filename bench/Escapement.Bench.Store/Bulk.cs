using Microsoft.Data.Sqlite;

namespace Escapement.Bench.Store;

/// <summary>Fills a closed store in one transaction: an extension, tenants, installs, schedules.</summary>
internal static class Bulk
{
    public static readonly DateTimeOffset Due = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static void Load(string folder, int schedules, int installs, int tenants, Func<int, DateTimeOffset> due)
    {
        using var connection = Open(folder);
        using var transaction = connection.BeginTransaction();
        var versions = new List<byte[]>();
        for (var i = 0; i < installs / tenants; i++)
        {
            var id = Id();
            versions.Add(id);
            Run(connection, "INSERT INTO versions VALUES ($id, $ext, '1.0.0', '', 'wasm-js@1', '[]', '{}', $ext, $ext, 0)", ("$id", id), ("$ext", $"com.bench.e{i}"));
        }

        var owners = new List<(byte[] Id, string Tenant)>();
        for (var i = 0; i < installs; i++)
        {
            var id = Id();
            var tenant = $"tenant-{i % tenants}";
            owners.Add((id, tenant));
            Run(connection, "INSERT INTO installs VALUES ($id, $tenant, $ext, $version, 1, '[]', NULL, NULL, 0, 0)", ("$id", id), ("$tenant", tenant), ("$ext", $"com.bench.e{i / tenants}"), ("$version", versions[i / tenants]));
        }

        using var insert = connection.CreateCommand();
        insert.CommandText = """
            INSERT INTO schedules (id, tenant, install_id, next_due_at, enabled, cron, time_zone, method, path, name, created_at, updated_at, revision, payload)
            VALUES ($id, $tenant, $install, $due, 1, '*/5 * * * *', 'UTC', 'POST', '/api/heartbeat', $name, 0, 0, 1, '{"full":false}')
            """;
        foreach (var name in (string[])["$id", "$tenant", "$install", "$due", "$name"])
        {
            insert.Parameters.Add(new SqliteParameter(name, null));
        }

        insert.Prepare();
        for (var i = 0; i < schedules; i++)
        {
            var owner = owners[i % installs];
            insert.Parameters[0].Value = Id();
            insert.Parameters[1].Value = owner.Tenant;
            insert.Parameters[2].Value = owner.Id;
            insert.Parameters[3].Value = due(i).ToUnixTimeMilliseconds();
            insert.Parameters[4].Value = $"schedule {i}";
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "escapement.db")};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA foreign_keys = ON");
        return connection;
    }

    public static byte[] Id() => Ids.Next(TimeProvider.System).ToByteArray(bigEndian: true);

    private static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
