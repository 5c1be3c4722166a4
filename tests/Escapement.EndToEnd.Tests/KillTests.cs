using System.Text.Json.Nodes;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;
using Microsoft.Data.Sqlite;

namespace Escapement.EndToEnd.Tests;

/// <summary>Contract section 5: at least once, and never twice for one occurrence unless a node died inside it.</summary>
[Collection(Alone.Name)]
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;
    private const int Tenants = 20;
    private const int SchedulesPerTenant = 50;
    private const int NodeLost = 40;
    private const string Fires = "Application started";

    // Far from the test's own time, so that each schedule has the one occurrence that the test gives it.
    private const string OnceAYear = "0 0 1 1 *";

    private readonly ServerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kill_AtRandomMomentsOfABurst_LosesNoOccurrenceAndRepeatsNoneUnmarked()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"seed {seed}");

        await CreateSchedulesAsync();
        var due = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        MakeAllDue(due);

        // Nothing but the server touches the database from here to the end: what a kill leaves is what the next start finds.
        var orphaning = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start();
            await process.WroteAsync(Fires);
            orphaning += process.Output.Contains("; 0 runs of the process before", StringComparison.Ordinal) ? 0 : 1;
            await Task.Delay(random.Next(400), TestContext.Current.CancellationToken);
            process.Kill();
            await process.EndAsync();
        }

        using (var process = Start())
        {
            await process.WroteAsync(Fires);
            await Poll.UntilAsync("no occurrence waits or runs", () => Task.FromResult(CountUnfinished(due) == 0), TimeSpan.FromSeconds(60));
            process.Terminate();
            Assert.Equal(0, await process.EndAsync());
        }

        var repeated = CheckLedger(due);
        var executions = CheckExecutions();
        output.WriteLine(
            $"{Tenants * SchedulesPerTenant} occurrences checked, {repeated} of them repeated after a loss, {executions} executions seen; "
            + $"{orphaning} starts found orphaned runs");
        Assert.True(
            orphaning >= Kills / 4 && repeated > 0,
            $"Only {orphaning} starts found runs of a killed process, and {repeated} occurrences were repeated: the kills missed the burst (seed {seed})");
    }

    private async Task CreateSchedulesAsync()
    {
        await using var server = await RealServer.StartAsync(folder);
        using var published = await server.PublishAsync(BundleFile.WitnessedWork(8_000_000));
        await RealServer.ReadAsync(published, System.Net.HttpStatusCode.Created);
        await Parallel.ForAsync(0, Tenants, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (tenant, _) =>
        {
            var install = await server.InstallAsync(BundleFile.Extension, $"tenant-{tenant}", "cap:scheduler.manage");
            for (var i = 0; i < SchedulesPerTenant; i++)
            {
                await server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = OnceAYear });
            }
        });
        Assert.Equal(0, await server.StopAsync());
    }

    private ServerProcess Start() => new(
        ["--data", folder.Data, "--urls", $"http://127.0.0.1:{RealServer.FreePort()}", "--token-file", folder.TokenFile],
        ("ESCAPEMENT__Firing__MaxAttemptsAfterNodeLoss", "100"), ("ESCAPEMENT__Sandbox__Slots", "8"),
        ("ESCAPEMENT__Limits__MaxPerInstall", "1000"), ("ESCAPEMENT__Limits__ChangeBurst", "1000"));

    private void MakeAllDue(long due)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var update = connection.CreateCommand();
        update.CommandText = "UPDATE schedules SET next_due_at = $due, next_start_at = $due";
        update.Parameters.AddWithValue("$due", due);
        Assert.Equal(Tenants * SchedulesPerTenant, update.ExecuteNonQuery());
    }

    private long CountUnfinished(long due)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT (SELECT count(*) FROM runs WHERE state IN (0, 1)) + (SELECT count(*) FROM schedules WHERE next_start_at <= $due)";
        count.Parameters.AddWithValue("$due", due);
        return (long)count.ExecuteScalar()!;
    }

    /// <summary>Holds every row of the ledger against the contract; how many occurrences took more than one attempt.</summary>
    private int CheckLedger(long due)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var select = connection.CreateCommand();
        select.CommandText = """
            SELECT hex(s.id), r.due_at, r.trigger_kind, r.state, r.attempt, r.earlier_attempts, s.active_run_id, s.last_run_status
            FROM schedules s LEFT JOIN runs r ON r.schedule_id = s.id
            WHERE s.cron = $cron
            """;
        select.Parameters.AddWithValue("$cron", OnceAYear);
        using var rows = select.ExecuteReader();
        var seen = new HashSet<string>();
        var repeated = 0;
        while (rows.Read())
        {
            var schedule = rows.GetString(0);
            Assert.False(rows.IsDBNull(1), $"The occurrence of schedule {schedule} is lost");
            Assert.True(seen.Add(schedule), $"The occurrence of schedule {schedule} has two rows");
            Assert.Equal((due, 0, 2), (rows.GetInt64(1), rows.GetInt32(2), rows.GetInt32(3)));
            Assert.True(rows.IsDBNull(6) && rows.GetInt32(7) == 0, $"Schedule {schedule} does not show its run as over and successful");

            var earlier = rows.IsDBNull(5) ? [] : JsonNode.Parse(rows.GetString(5))!.AsArray();
            Assert.Equal(rows.GetInt32(4) - 1, earlier.Count);
            Assert.All(earlier, (attempt, i) => Assert.Equal((i + 1, NodeLost), ((int)attempt!["attempt"]!, (int)attempt["reason"]!)));
            repeated += earlier.Count > 0 ? 1 : 0;
        }

        Assert.Equal(Tenants * SchedulesPerTenant, seen.Count);
        return repeated;
    }

    /// <summary>
    /// Every execution left a schedule before it answered: no fewer than there are occurrences, and no more than the ledger knows
    /// attempts, or something was executed twice unmarked. How many there are.
    /// </summary>
    private long CheckExecutions()
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var select = connection.CreateCommand();
        select.CommandText = """
            SELECT (SELECT count(*) FROM schedules s WHERE s.install_id = i.id AND s.cron = $witness),
                   (SELECT sum(r.attempt) FROM runs r WHERE r.install_id = i.id)
            FROM installs i
            """;
        select.Parameters.AddWithValue("$witness", BundleFile.WitnessCron);
        using var rows = select.ExecuteReader();
        var executions = 0L;
        while (rows.Read())
        {
            Assert.InRange(rows.GetInt64(0), SchedulesPerTenant, rows.GetInt64(1));
            executions += rows.GetInt64(0);
        }

        return executions;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Database, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
