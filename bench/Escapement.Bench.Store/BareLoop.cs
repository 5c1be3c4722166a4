using Escapement.Sqlite;
using Microsoft.Data.Sqlite;

namespace Escapement.Bench.Store;

/// <summary>The store's own statements in the shortest loop: one connection, prepared commands, two commits for each 500.</summary>
internal static class BareLoop
{
    public static int Drain(string folder, int batch)
    {
        using var connection = Bulk.Open(folder);
        using var select = Command(connection, "claim_due_select", ":now", ":after", ":after_id", ":limit");
        using var open = Command(connection, "claim_due_open", ":id", ":tenant", ":install", ":schedule", ":due_at", ":token", ":until", ":now", ":node");
        using var advance = Command(connection, "claim_due_advance", ":next_due_at", ":last_due_at", ":run", ":id");
        using var complete = Command(connection, "complete_run", ":state", ":reason", ":started_at", ":finished_at", ":status_code", ":error", ":evidence", ":id", ":tenant", ":token", ":attempt");
        using var show = Command(connection, "complete_schedule", ":run", ":last_run_at", ":last_run_status", ":last_error", ":id", ":tenant");
        var now = Bulk.Due.ToUnixTimeMilliseconds();
        var token = Bulk.Id();
        var done = 0;
        while (true)
        {
            var taken = new List<(byte[] Schedule, string Tenant, byte[] Run)>(batch);
            using (var transaction = connection.BeginTransaction())
            {
                Bind(select, transaction, now, long.MinValue, new byte[16], batch);
                var due = new List<(byte[] Id, long Due, string Tenant, byte[] Install)>(batch);
                using (var rows = select.ExecuteReader())
                {
                    while (rows.Read())
                    {
                        due.Add((rows.GetFieldValue<byte[]>(0), rows.GetInt64(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3)));
                    }
                }

                foreach (var row in due)
                {
                    var run = Bulk.Id();
                    Bind(open, transaction, run, row.Tenant, row.Install, row.Id, row.Due, token, now + 30_000, now, "node");
                    open.ExecuteNonQuery();
                    Bind(advance, transaction, row.Due + 300_000, row.Due, run, row.Id);
                    advance.ExecuteNonQuery();
                    taken.Add((row.Id, row.Tenant, run));
                }

                transaction.Commit();
            }

            if (taken.Count == 0)
            {
                return done;
            }

            using (var transaction = connection.BeginTransaction())
            {
                foreach (var (schedule, tenant, run) in taken)
                {
                    Bind(complete, transaction, 2, 0, now, now, 200, null, null, run, tenant, token, 1);
                    complete.ExecuteNonQuery();
                    Bind(show, transaction, run, now, 0, null, schedule, tenant);
                    show.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            done += taken.Count;
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string file, params string[] parameters)
    {
        using var stream = typeof(SqliteStore).Assembly.GetManifestResourceStream(file + ".sql")!;
        using var reader = new StreamReader(stream);
        var command = connection.CreateCommand();
        command.CommandText = reader.ReadToEnd();
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter(name, null));
        }

        command.Prepare();
        return command;
    }

    private static void Bind(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
