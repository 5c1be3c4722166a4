using System.Diagnostics;

namespace Escapement.Bench.Scenarios;

/// <summary>What the real server costs with many schedules stored and nothing due: itself, and the database for each of several.</summary>
internal static class Idle
{
    private const int Stored = 1_000_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(Stored);
        await place.LoadAsync(installs, Stored, Place.Time.GetUtcNow().AddHours(6), TimeSpan.FromMilliseconds(1));
        await place.SettleAsync();
        await Task.Delay(Rest);
        var (without, _) = await MeasureAsync(place, []);
        var servers = new List<Process>();
        try
        {
            for (var i = 0; i < (place.TakesManyNodes ? 3 : 1); i++)
            {
                servers.Add(await StartAsync(place));
            }

            await Task.Delay(Rest);
            var (with, own) = await MeasureAsync(place, servers);
            List<Figure> figures =
            [
                // The aim for a server is one for a node by itself; with several it is what they cost their database.
                new Figure("idle: 1,000,000 stored, server, percent of a core", own, place.TakesManyNodes ? null : 1),
                new Figure("idle: 1,000,000 stored, server, resident MiB", servers.Max(s => s.WorkingSet64) / 1048576.0, 150),
            ];
            if (place.TakesManyNodes)
            {
                figures.Add(new Figure("idle: 1,000,000 stored, PostgreSQL per node (three nodes), percent of a core", (with - without) / servers.Count, 1));
                figures.Add(new Figure("idle: PostgreSQL without nodes, percent of a core", without));
            }

            return figures;
        }
        finally
        {
            foreach (var server in servers)
            {
                server.Kill();
                await server.WaitForExitAsync();
                server.Dispose();
            }
        }
    }

    // Percent of a core that the database used over the window, and each server meanwhile.
    private static async Task<(double Database, double Server)> MeasureAsync(Place place, IReadOnlyList<Process> servers)
    {
        var (database, server) = (await place.DatabaseProcessorTimeAsync(), Used(servers));
        await Task.Delay(Window);
        return (
            (await place.DatabaseProcessorTimeAsync() - database) / Window * 100,
            servers.Count == 0 ? 0 : (Used(servers) - server) / Window / servers.Count * 100);
    }

    private static TimeSpan Used(IReadOnlyList<Process> servers)
    {
        var sum = TimeSpan.Zero;
        foreach (var server in servers)
        {
            server.Refresh();
            sum += server.TotalProcessorTime;
        }

        return sum;
    }

    private static async Task<Process> StartAsync(Place place)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[BuiltServer.Find(), "--urls", "http://127.0.0.1:0", .. place.ServerArguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in place.ServerEnvironment)
        {
            start.Environment[name] = value;
        }

        var server = Process.Start(start)!;
        var fires = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
            {
                fires.TrySetException(new InvalidOperationException("The server ended before it fired"));
            }
            else if (line.Data.Contains("Firing as node", StringComparison.Ordinal))
            {
                fires.TrySetResult();
            }
        }

        server.OutputDataReceived += Look;
        server.ErrorDataReceived += Look;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await fires.Task;
        return server;
    }
}
