using System.Diagnostics;
using System.Globalization;

namespace Escapement.Bench;

/// <summary>A node that this benchmark started, seen from outside.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private NodeProcess(Process process)
    {
        this.process = process;
        reading = Task.Run(ReadAsync);
    }

    /// <summary>How many outcomes it recorded, and when the latest was.</summary>
    public (long Count, DateTimeOffset Latest) Recorded { get; private set; }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Where a node that serves the HTTP API does so.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>An operator's token of a node that serves the HTTP API.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Starts one and waits until it fires.</summary>
    public static async Task<NodeProcess> StartAsync(
        Place place, string name, int slots, TimeSpan hold = default, bool defaultLimits = false, bool serves = false)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
            [
                typeof(NodeProcess).Assembly.Location, serves ? "serving-node" : "node", .. place.NodeArguments, "--node", name, "--slots", Text(slots),
                "--hold-ms", Text((int)hold.TotalMilliseconds), "--default-limits", defaultLimits.ToString(),
            ])
        {
            start.ArgumentList.Add(argument);
        }

        var node = new NodeProcess(Process.Start(start)!);
        await node.ready.Task;
        return node;
    }

    /// <summary>Waits until several nodes have recorded so many together; the instant of the last.</summary>
    public static async Task<DateTimeOffset> RecordedAsync(IReadOnlyList<NodeProcess> nodes, long count)
    {
        while (nodes.Sum(n => n.Recorded.Count) < count)
        {
            if (nodes.FirstOrDefault(n => n.process.HasExited) is { } gone)
            {
                throw new InvalidOperationException($"A node ended with {gone.process.ExitCode}");
            }

            await Task.Delay(5);
        }

        return nodes.Max(n => n.Recorded.Latest);
    }

    /// <summary>Ends it as a lost machine does: without a word.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        await reading;
        process.Dispose();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [var count, var at])
            {
                Recorded = (long.Parse(count, CultureInfo.InvariantCulture), new DateTimeOffset(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero));
            }

            if (line.Split(' ') is ["ready", var address, var token])
            {
                (Address, Token) = (new Uri(address), token);
            }

            ready.TrySetResult();
        }

        ready.TrySetException(new InvalidOperationException("A node ended before it was ready"));
    }
}
