using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Escapement.Wasm.Confinement;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

/// <summary>
/// Starts the processes, all on one thread that stays as long as they do: the system ends them when that thread ends, as it does when
/// the host is killed.
/// </summary>
internal sealed class WorkerSpawner : IDisposable
{
    private readonly WorkerProgram program;
    private readonly string folder;
    private readonly ILogger logger;
    private readonly MemoryCgroups? groups = MemoryCgroups.Open();
    private readonly BlockingCollection<Request> requests = [];
    private readonly Thread thread;

    /// <param name="program">What is started.</param>
    /// <param name="folder">Where compiled components lie.</param>
    /// <param name="logger">Gets what the processes say.</param>
    public WorkerSpawner(WorkerProgram program, string folder, ILogger logger)
    {
        this.program = program;
        this.logger = logger;
        this.folder = Path.GetFullPath(folder);
        thread = new Thread(Work) { Name = "worker-spawner", IsBackground = true };
        thread.Start();
    }

    /// <summary>Starts a process.</summary>
    /// <param name="verb">What it is to do.</param>
    /// <param name="heapLimit">How large .NET's heap in it may be.</param>
    /// <param name="groupLimit">What it may take of all kinds of memory, where the system lets the host make a group for it.</param>
    /// <exception cref="Win32Exception">The system could not start it.</exception>
    /// <exception cref="InvalidOperationException">It was started, and the system gave no thread for it.</exception>
    public Task<WorkerProcess> StartAsync(string verb, long heapLimit, long groupLimit)
    {
        var request = new Request(verb, heapLimit, groupLimit, new TaskCompletionSource<WorkerProcess>(TaskCreationOptions.RunContinuationsAsynchronously));
        requests.Add(request);
        return request.Started.Task;
    }

    /// <summary>Ends the thread, and with it what it started.</summary>
    public void Dispose()
    {
        requests.CompleteAdding();
        thread.Join();
        requests.Dispose();
    }

    private void Work()
    {
        foreach (var request in requests.GetConsumingEnumerable())
        {
            try
            {
                request.Started.SetResult(Start(request));
            }
            catch (Exception e)
            {
                request.Started.SetException(e);
            }
        }
    }

    private WorkerProcess Start(Request request)
    {
        var process = Process.Start(StartInfo(request))!;
        var group = groups?.Put(process.Id, request.GroupLimit);
        try
        {
            return new WorkerProcess(process, request.Verb, group, logger);
        }
        catch (OutOfMemoryException e)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            group?.Dispose();
            throw new InvalidOperationException("The system gives the host no thread to listen to the process with.", e);
        }
    }

    private ProcessStartInfo StartInfo(Request request)
    {
        var start = new ProcessStartInfo(program.Runtime)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetDirectoryName(program.Assembly),
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(program.Assembly);
        start.ArgumentList.Add(request.Verb);
        start.ArgumentList.Add(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(folder);

        // What the host has in its environment is none of a guest's business, passwords least of all.
        start.Environment.Clear();
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = request.HeapLimit.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["LANG"] = "C.UTF-8";
        if (OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("SystemRoot") is { } root)
        {
            start.Environment["SystemRoot"] = root;
        }

        return start;
    }

    private sealed record Request(string Verb, long HeapLimit, long GroupLimit, TaskCompletionSource<WorkerProcess> Started);
}
