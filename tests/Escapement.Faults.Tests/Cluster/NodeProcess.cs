using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Escapement.Faults.Tests.Cluster;

/// <summary>One life of a node: a process, its name in the ledger, its calls, and the way to its HTTP API.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StreamWriter output;

    public NodeProcess(string name, string folder, string connection, Lapse lapse, TimeSpan lease, TimeSpan silence)
    {
        Name = name;
        CallsFile = Path.Combine(folder, $"{name}.calls");
        OutputFile = Path.Combine(folder, $"{name}.log");
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        output = new StreamWriter(OutputFile) { AutoFlush = true };
        var info = new ProcessStartInfo("dotnet", [
            Repository.NodeAssembly,
            "--node", name,
            "--log", CallsFile,
            "--data", Path.Combine(folder, $"{name}.data"),
            "--connection", connection,
            "--listen", url,
            "--epoch", lapse.Epoch.ToString("O"),
            "--factor", lapse.Factor.ToString(CultureInfo.InvariantCulture),
            "--lease", lease.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "--silence", silence.TotalSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(4) };
    }

    public string Name { get; }

    public string CallsFile { get; }

    public string OutputFile { get; }

    public HttpClient Client { get; }

    public bool HasExited => process.HasExited;

    public void Kill() => process.Kill();

    public bool Freeze() => Signals.Send("STOP", process.Id);

    public bool Thaw() => Signals.Send("CONT", process.Id);

    /// <summary>Ends it as a service manager does; the exit code.</summary>
    public async Task<int> TerminateAsync(TimeSpan atMost)
    {
        Signals.Send("TERM", process.Id);
        await process.WaitForExitAsync().WaitAsync(atMost);
        return process.ExitCode;
    }

    public async Task ReadyAsync(TimeSpan atMost)
    {
        var watch = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            Assert.False(HasExited, $"Node {Name} ended instead of starting; {OutputFile} says why");
            Assert.True(watch.Elapsed < atMost, $"Node {Name} was not ready within {atMost.TotalSeconds} s; {OutputFile} says why");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await output.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/readyz");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            if (line is not null && output.BaseStream is { CanWrite: true })
            {
                output.WriteLine(line);
            }
        }
    }
}
