using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Escapement.Faults.Tests.Cluster;

/// <summary>
/// A PostgreSQL of this suite alone, made by <c>scripts/postgres</c>, because the suite stops it, crashes it and stalls it. The one that
/// <c>ESCAPEMENT_TEST_POSTGRES</c> names belongs to others.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(60);

    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"test-faults-{Environment.ProcessId}");
    private NpgsqlConnectionStringBuilder? connection;

    public int Port => connection!.Port;

    /// <summary>Where nodes connect, past a proxy or not.</summary>
    public string ConnectionString(int port) => new NpgsqlConnectionStringBuilder(connection!.ConnectionString) { Port = port }.ConnectionString;

    public async Task StartAsync()
    {
        var line = (await RunAsync("start")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        connection = new NpgsqlConnectionStringBuilder(line) { Pooling = false, Timeout = 5, CommandTimeout = 30 };
    }

    /// <summary>As a machine that loses power, as far as the server can tell: nothing is flushed, nobody is told.</summary>
    public Task CrashAsync() => RunAsync("halt");

    /// <summary>As an operator restarts it: sessions are ended, work under way is rolled back, everything is flushed.</summary>
    public async Task StopFastAsync()
    {
        var folder = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, ".test/postgres", name, "folder"))).Trim();
        var pidFile = Path.Combine(folder, "data/postmaster.pid");
        var server = int.Parse((await File.ReadAllLinesAsync(pidFile))[0], CultureInfo.InvariantCulture);
        Assert.True(Signals.Send("INT", server), "The server could not be told to stop");
        var watch = Stopwatch.StartNew();
        while (File.Exists(pidFile))
        {
            Assert.True(watch.Elapsed < StopWait, "PostgreSQL did not stop");
            await Task.Delay(20);
        }
    }

    /// <summary>The server's processes, but the one that answers: sessions, and those that write the log and the tables.</summary>
    public Task<List<int>> ProcessesAsync() => ReadAsync("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()", r => r.GetInt32(0));

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var opened = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connection!.ConnectionString) { SearchPath = "escapement", ApplicationName = "faults" }.ConnectionString);
        await opened.OpenAsync();
        return opened;
    }

    public async Task<List<T>> ReadAsync<T>(string question, Func<NpgsqlDataReader, T> row)
    {
        await using var opened = await OpenAsync();
        await using var command = new NpgsqlCommand(question, opened);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public async Task ExecuteAsync(params string[] statements)
    {
        await using var opened = await OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, opened);
            await command.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync() => await RunAsync("stop");

    private async Task<string> RunAsync(string verb)
    {
        var info = new ProcessStartInfo(Path.Combine(Repository.Root, "scripts/postgres"), [verb, name]) { RedirectStandardOutput = true };
        info.Environment.Remove("ESCAPEMENT_TEST_POSTGRES");
        using var process = Process.Start(info)!;
        // The server inherits the pipe and keeps it open, so the end of the stream is not waited for.
        var lines = new List<string>();
        process.OutputDataReceived += (_, e) => { if (e.Data is { } line) { lock (lines) { lines.Add(line); } } };
        process.BeginOutputReadLine();
        while (!process.HasExited)
        {
            await Task.Delay(20);
        }

        Assert.True(process.ExitCode == 0, $"scripts/postgres {verb} failed; what it said stands above");
        var watch = Stopwatch.StartNew();
        while (verb == "start" && watch.Elapsed < TimeSpan.FromSeconds(5))
        {
            lock (lines)
            {
                if (lines.Count > 0)
                {
                    break;
                }
            }

            await Task.Delay(10);
        }

        lock (lines)
        {
            return string.Join('\n', lines);
        }
    }
}
