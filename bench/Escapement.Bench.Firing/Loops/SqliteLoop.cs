using System.Diagnostics;
using Escapement.Installs;
using Escapement.Runs;
using Microsoft.Data.Sqlite;

namespace Escapement.Bench;

/// <summary>
/// The limit: the store's own statements for claiming and completing, so many at a time, one thread, one connection,
/// nothing around them. What the engine reaches is quoted as a share of this, measured in the same run.
/// </summary>
internal sealed class SqliteLoop : IDisposable
{
    private readonly int batch;
    private readonly SqliteConnection connection;
    private readonly List<SqliteCommand> commands = [];
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand running;
    private readonly SqliteCommand select;
    private readonly SqliteCommand advance;
    private readonly SqliteCommand open;
    private readonly SqliteCommand completeRun;
    private readonly SqliteCommand waits;
    private readonly SqliteCommand completeSchedule;
    private readonly List<(byte[] Id, byte[] Run, string Tenant)> taken = [];

    private SqliteLoop(string folder, int batch)
    {
        this.batch = batch;
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "escapement.db"), Pooling = false }.ToString());
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536";
        pragmas.ExecuteNonQuery();
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
        running = Command(File("claim_running"));
        select = Command(File("claim_due_select"), "now", "limit");
        advance = Command(File("claim_due_advance"), "next_due_at", "next_start_at", "last_due_at", "run", "waiting", "id");
        open = Command(File("claim_due_open"), "id", "tenant", "install", "schedule", "due_at", "token", "until", "now", "node", "payload_revision");
        completeRun = Command(
            File("record_run"),
            "id", "tenant", "token", "attempt", "started_at", "finished_at", "status_code", "error", "evidence", "state", "reason", "version");
        waits = Command(File("record_waits"), "id", "run");
        completeSchedule = Command(File("record_schedule"), "run", "last_run_at", "last_run_status", "last_error", "id", "tenant");
    }

    /// <summary>Fires everything due in a store that nobody has open; fires a second.</summary>
    public static double Run(string folder, int expected, int batch)
    {
        using var loop = new SqliteLoop(folder, batch);
        var fired = 0;
        var clock = Stopwatch.StartNew();
        while (loop.Step() is var count and > 0)
        {
            fired += count;
        }

        var seconds = clock.Elapsed.TotalSeconds;
        return fired >= expected ? fired / seconds : throw new InvalidOperationException($"The bare loop fired {fired} of {expected}");
    }

    public void Dispose()
    {
        foreach (var command in commands)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private static string File(string name)
    {
        using var stream = typeof(Sqlite.SqliteStore).Assembly.GetManifestResourceStream(name + ".sql")
            ?? throw new InvalidOperationException($"The store has no {name}.sql");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private int Step()
    {
        var now = Place.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var token = Ids.Next(Place.Time).ToByteArray(bigEndian: true);
        taken.Clear();
        begin.ExecuteNonQuery();
        using (var counts = running.ExecuteReader())
        {
            while (counts.Read())
            {
            }
        }

        var due = new List<(byte[] Id, long Due, string Tenant, byte[] Install)>(batch);
        Set(select, now, batch);
        using (var rows = select.ExecuteReader())
        {
            while (rows.Read())
            {
                due.Add(((byte[])rows[0], rows.GetInt64(1), rows.GetString(3), (byte[])rows[4]));
            }
        }

        foreach (var row in due)
        {
            var run = Ids.Next(Place.Time).ToByteArray(bigEndian: true);
            Set(open, run, row.Tenant, row.Install, row.Id, row.Due, token, now + 7_000, now, "bench", 1);
            open.ExecuteNonQuery();
            Set(advance, row.Due + 86_400_000, row.Due + 86_400_000, row.Due, run, DBNull.Value, row.Id);
            advance.ExecuteNonQuery();
            taken.Add((row.Id, run, row.Tenant));
        }

        commit.ExecuteNonQuery();
        begin.ExecuteNonQuery();
        foreach (var (id, run, tenant) in taken)
        {
            Set(completeRun, run, tenant, token, 1, now, now, 200, DBNull.Value, DBNull.Value, 2, 0, DBNull.Value);
            completeRun.ExecuteNonQuery();
            Set(waits, id, run);
            waits.ExecuteScalar();
            Set(completeSchedule, run, now, 0, DBNull.Value, id, tenant);
            completeSchedule.ExecuteNonQuery();
        }

        commit.ExecuteNonQuery();
        return taken.Count;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter(":" + name, null));
        }

        commands.Add(command);
        return command;
    }
}
