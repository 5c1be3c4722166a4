using System.Diagnostics;

namespace Escapement.Bench.Sandbox;

/// <summary>
/// What the whole server gets out of its sandbox: schedules of many tenants due at one instant, and calls at the gateway, each beside what the
/// sandbox alone does in the same run.
/// </summary>
internal static class EndToEnd
{
    private const int Tenants = 200;
    private const int SchedulesPerTenant = 20;
    private const int Callers = 8;
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Calling = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(Subject subject, string bundle, string cache)
    {
        await using var server = new Server(
            bundle,
            $"ESCAPEMENT__Sandbox__Isolation={subject.ToArguments()[1]}",
            $"ESCAPEMENT__Sandbox__Workers={subject.Workers}",
            $"ESCAPEMENT__Sandbox__CacheDirectory={cache}");
        await server.StartAsync();
        var extension = await server.PublishAsync();
        await Parallel.ForAsync(0, Tenants, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var install = await server.InstallAsync(extension, $"tenant-{i}");
            for (var s = 0; s < SchedulesPerTenant; s++)
            {
                var schedule = new { endpoint = "POST /api/heartbeat", cron = "0 0 1 1 *", payload = """{"source":"bench","full":false}""" };
                await server.ScheduleAsync(install, schedule);
            }
        });
        await server.StopAsync();

        // Due once the server is up again and its workers are ready.
        var due = DateTimeOffset.FromUnixTimeMilliseconds((TimeProvider.System.GetUtcNow() + Ahead).ToUnixTimeMilliseconds());
        server.MakeAllDue(due);
        await server.StartAsync();
        var ended = server.Ended(due);
        while (ended.Succeeded < Tenants * SchedulesPerTenant)
        {
            await Task.Delay(500);
            ended = server.Ended(due);
        }

        var fires = Tenants * SchedulesPerTenant / (ended.Last - due).TotalSeconds;
        var calls = await CallAsync(server, extension);
        await server.StopAsync();

        var alone = await Figures.ChildAsync(subject, "sustained", server.Component, "20", $"{Callers}", cache);
        var perSecond = (double)alone["perSecond"]!;
        Console.WriteLine($"sandbox alone, {Callers} callers        {perSecond:0} a second");
        Console.WriteLine($"{Tenants * SchedulesPerTenant} schedules due at once     {fires:0} a second, {fires / perSecond:P0} of it");
        Console.WriteLine($"gateway, {Callers} callers              {calls:0} a second, {calls / perSecond:P0} of it");
        Console.WriteLine($"{{\"sandbox\":{perSecond:0},\"fires\":{fires:0},\"calls\":{calls:0}}}");
        return 0;
    }

    private static async Task<double> CallAsync(Server server, string extension)
    {
        var count = 0;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < Calling)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{extension}/api/status");
                request.Headers.Add("x-alga-tenant", $"tenant-{i}");
                using var answer = await server.Client.SendAsync(request);
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref count);
            }
        })));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
