using Escapement.Extensions;
using Microsoft.Data.Sqlite;

namespace Escapement.Bench;

/// <summary>Fills the schedules table directly: a million rows in seconds, with due times that the cron grammar could not give.</summary>
internal static class ScheduleLoader
{
    /// <param name="folder">The store's data folder.</param>
    /// <param name="installs">The owners, taken in turn.</param>
    /// <param name="count">How many schedules.</param>
    /// <param name="dueAt">When each is due first.</param>
    public static void Load(string folder, IReadOnlyList<InstalledExtension> installs, int count, Func<int, DateTimeOffset> dueAt)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "escapement.db"), Pooling = false, DefaultTimeout = 60 }.ToString());
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = """
            INSERT INTO schedules (id, tenant, install_id, next_due_at, enabled, cron, time_zone, method, path, created_at, updated_at, revision)
            VALUES ($id, $tenant, $install, $due, 1, '0 9 * * *', 'UTC', 'POST', '/api/sync', $now, $now, 1)
            """;
        var id = insert.Parameters.Add("$id", SqliteType.Blob);
        var tenant = insert.Parameters.Add("$tenant", SqliteType.Text);
        var install = insert.Parameters.Add("$install", SqliteType.Blob);
        var due = insert.Parameters.Add("$due", SqliteType.Integer);
        insert.Parameters.AddWithValue("$now", BenchHost.Time.GetUtcNow().ToUnixTimeMilliseconds());
        for (var i = 0; i < count; i++)
        {
            var owner = installs[i % installs.Count].Install.Scope;
            id.Value = Ids.Next(BenchHost.Time).ToByteArray(bigEndian: true);
            tenant.Value = owner.Tenant.Value;
            install.Value = owner.Install.Value.ToByteArray(bigEndian: true);
            due.Value = dueAt(i).ToUnixTimeMilliseconds();
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
