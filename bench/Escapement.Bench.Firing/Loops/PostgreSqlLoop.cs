using System.Diagnostics;
using System.Text.RegularExpressions;
using Escapement.PostgreSql;
using Npgsql;

namespace Escapement.Bench;

/// <summary>
/// The limit of the store for several nodes: its own statements for claiming and completing, prepared, so many at a time, three round
/// trips for each bucket of tenants, over so many connections that each keep to their own buckets. What the engine reaches is quoted as
/// a share of this, measured in the same run. Left out is what makes a scheduler of it: queued runs, fairness, limits, cron, leases.
/// </summary>
internal sealed partial class PostgreSqlLoop : IAsyncDisposable
{
    private const int Buckets = 32;

    private readonly NpgsqlConnection connection;
    private readonly int batch;
    private readonly Statements select;
    private readonly Statements open;
    private readonly Statements complete;

    private PostgreSqlLoop(NpgsqlConnection connection, int batch)
    {
        this.connection = connection;
        this.batch = batch;
        select = new Statements(connection, "BEGIN", "claim_bucket", "claim_running", "claim_due_select");
        open = new Statements(connection, "claim_due_advance", "claim_due_open", "COMMIT");
        complete = new Statements(
            connection,
            "BEGIN",
            "SET LOCAL plan_cache_mode = force_custom_plan",
            "record_run",
            "SET LOCAL plan_cache_mode = DEFAULT",
            "record_schedule",
            "COMMIT");
    }

    /// <summary>Fires everything due in a schema that no node works on; fires a second.</summary>
    public static async Task<double> RunAsync(Func<Task<NpgsqlConnection>> connect, int expected, int batch, int connections)
    {
        var fired = 0;
        var loops = new PostgreSqlLoop[connections];
        for (var i = 0; i < connections; i++)
        {
            loops[i] = new PostgreSqlLoop(await connect(), batch);
            await loops[i].StepAsync(-1);
        }

        double seconds;
        var clock = Stopwatch.StartNew();
        try
        {
            await Task.WhenAll(loops.Select((loop, number) => Task.Run(async () =>
            {
                for (var mine = number; mine < Buckets; mine += connections)
                {
                    while (await loop.StepAsync((short)mine) is var count and > 0)
                    {
                        Interlocked.Add(ref fired, count);
                    }
                }
            })));
            seconds = clock.Elapsed.TotalSeconds;
        }
        finally
        {
            // Also after a failure: a transaction left open would hold up the removal of the schema.
            foreach (var loop in loops)
            {
                await loop.DisposeAsync();
            }
        }

        return fired >= expected ? fired / seconds : throw new InvalidOperationException($"The bare loop fired {fired} of {expected}");
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task<int> StepAsync(short bucket)
    {
        var now = Place.Time.GetUtcNow().UtcDateTime;
        var token = Ids.Next(Place.Time);
        select.Set("bucket", bucket).Set("now", now).Set("limit", (long)batch);
        List<Guid> ids = [], installs = [], runs = [];
        List<string> tenants = [];
        List<DateTime> dues = [];
        await using (var rows = await select.Batch.ExecuteReaderAsync())
        {
            await rows.NextResultAsync();
            await rows.NextResultAsync();
            while (await rows.ReadAsync())
            {
                ids.Add(rows.GetGuid(0));
                dues.Add(rows.GetDateTime(1));
                tenants.Add(rows.GetString(3));
                installs.Add(rows.GetGuid(4));
                runs.Add(Ids.Next(Place.Time));
            }
        }

        var count = ids.Count;
        var (idArray, runArray, dueArray) = (ids.ToArray(), runs.ToArray(), dues.ToArray());
        var nextArray = dues.ConvertAll(d => d.AddDays(1)).ToArray();
        open.Set("bucket", bucket).Set("token", token).Set("until", now.AddSeconds(7)).Set("now", now).Set("node", "bench")
            .Set("tenants", tenants.ToArray()).Set("installs", installs.ToArray()).Set("schedules", idArray).Set("dues", dueArray)
            .Set("nexts", nextArray).Set("starts", nextArray).Set("waiting", new string?[count]).Set("lasts", dueArray).Set("runs", runArray)
            .Set("ends_own", new bool[count]).Set("payload_revisions", Repeat(1L, count))
            .Set("claim_due_advance", "ids", idArray).Set("claim_due_open", "ids", runArray);
        await open.Batch.ExecuteNonQueryAsync();
        complete.Set("bucket", bucket).Set("token", token).Set("attempt", 1).Set("schedules", idArray)
            .Set("states", Repeat(2, count)).Set("reasons", new int[count])
            .Set("started", Repeat(now, count)).Set("finished", Repeat(now, count)).Set("status_codes", Repeat(200, count))
            .Set("errors", new string?[count]).Set("evidences", new string?[count])
            .Set("versions", new Guid?[count])
            .Set("runs", runArray).Set("ended", Repeat(true, count)).Set("statuses", new int[count])
            .Set("failures_before", new int[count]).Set("failures", new int[count])
            .Set("record_run", "ids", runArray).Set("record_schedule", "ids", idArray);
        await complete.Batch.ExecuteNonQueryAsync();
        return count;
    }

    private static T[] Repeat<T>(T value, int count)
    {
        var all = new T[count];
        Array.Fill(all, value);
        return all;
    }

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("(?<!:):([a-z][a-z_0-9]*)")]
    private static partial Regex Parameter();

    /// <summary>Statements that travel together; the server keeps the plans of each connection.</summary>
    private sealed class Statements
    {
        private readonly string[] files;
        private readonly List<List<string>> names = [];

        public Statements(NpgsqlConnection connection, params string[] files)
        {
            this.files = files;
            Batch = connection.CreateBatch();
            foreach (var file in files)
            {
                List<string> parameters = [];
                var text = Parameter().Replace(Comment().Replace(Text(file), ""), match =>
                {
                    var name = match.Groups[1].Value;
                    if (!parameters.Contains(name))
                    {
                        parameters.Add(name);
                    }

                    return $"${parameters.IndexOf(name) + 1}";
                }).Trim().TrimEnd(';');
                var command = new NpgsqlBatchCommand(text);
                parameters.ForEach(_ => command.Parameters.Add(new NpgsqlParameter()));
                names.Add(parameters);
                Batch.BatchCommands.Add(command);
            }
        }

        public NpgsqlBatch Batch { get; }

        /// <summary>Sets a parameter in every statement that has it.</summary>
        public Statements Set<T>(string name, T value)
        {
            for (var i = 0; i < names.Count; i++)
            {
                Set(files[i], name, value);
            }

            return this;
        }

        /// <summary>Sets a parameter in one statement, if it has it.</summary>
        public Statements Set<T>(string file, string name, T value)
        {
            var statement = Array.IndexOf(files, file);
            if (names[statement].IndexOf(name) is var at and >= 0)
            {
                Batch.BatchCommands[statement].Parameters[at] = new NpgsqlParameter<T> { TypedValue = value };
            }

            return this;
        }

        private static string Text(string file)
        {
            if (typeof(PostgreSqlStore).Assembly.GetManifestResourceStream(file + ".sql") is not { } stream)
            {
                return file;
            }

            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
