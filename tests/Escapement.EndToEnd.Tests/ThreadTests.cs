using System.Globalization;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>
/// The runtime ends a process for which it cannot make a thread of the pool. So the server has its own from the start, whatever workers leave of the
/// processes that the system allows.
/// </summary>
[Collection(Alone.Name)]
public sealed class ThreadTests : IDisposable
{
    private readonly ServerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Start_ThreadsOfThePool_AreAllThereAndStayAsMany()
    {
        const int slots = 10;
        var expected = slots + Math.Max(8, Environment.ProcessorCount);
        await using var server = await RealServer.StartAsync(folder, ("ESCAPEMENT__Sandbox__Slots", "10"));
        Assert.Equal(expected, PoolThreads(server.Process.Id));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.GetAsync("/api/v1/extensions")));

        // A thread has the name of the one that made it until it has its own.
        await Poll.UntilAsync("there are as many as there were", () => Task.FromResult(PoolThreads(server.Process.Id) == expected));
    }

    private static int PoolThreads(int process) => Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task"))
        .Count(task => File.ReadAllText($"{task}/comm").StartsWith(".NET TP Worker", StringComparison.Ordinal));
}
