using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>The built server as a process of its own, and all that it wrote.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder written = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> awaited = [];

    public ServerProcess(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
        : this([], arguments, environment)
    {
    }

    /// <param name="wrapper">A program and its arguments that the server's command line is appended to; it must become the server.</param>
    /// <param name="arguments">The server's flags.</param>
    /// <param name="environment">Settings.</param>
    public ServerProcess(IEnumerable<string> wrapper, IEnumerable<string> arguments, (string Name, string Value)[] environment)
        : this([.. wrapper, "dotnet", Repository.ServerAssembly, .. arguments], environment)
    {
    }

    private ServerProcess(string[] line, (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, isError: true);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts another program that hosts extensions.</summary>
    public static ServerProcess Of(string assembly, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        new(["dotnet", assembly, .. arguments], environment);

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Everything on both streams so far.</summary>
    public string Output
    {
        get
        {
            lock (written)
            {
                return written.ToString();
            }
        }
    }

    /// <summary>The lines on the error stream alone.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The most memory that the process ever held, in bytes.</summary>
    public long PeakBytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Waits for a line that holds the text; fails when the process ends without one.</summary>
    public async Task WroteAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (written)
        {
            if (Output.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            awaited.Add((text, seen));
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        if (await Task.WhenAny(seen.Task, process.WaitForExitAsync(deadline.Token)) != seen.Task)
        {
            Assert.Contains(text, Output, StringComparison.Ordinal);
        }
    }

    public void Kill() => process.Kill();

    /// <summary>Its worker processes, by their ids.</summary>
    /// <param name="verb">What they do: <c>serve</c> calls, or <c>compile</c>.</param>
    public IReadOnlyList<int> Workers(string verb = "serve") =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0 && ParentOf(id) == Id && IsWorker(id, verb)),
    ];

    /// <summary>Whether a process runs the worker program; one that has ended does not, even if nobody has asked for its end yet.</summary>
    public static bool IsWorker(int id, string verb = "serve") =>
        Told($"/proc/{id}/cmdline").Contains($"escapement-worker.dll\0{verb}", StringComparison.Ordinal);

    public void Terminate() => Signal("-TERM", Id);

    public static void Signal(string signal, params IEnumerable<int> processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    // "PID (NAME) STATE PARENT ..."; the name may hold anything.
    private static int ParentOf(int id) => Told($"/proc/{id}/stat") is { Length: > 0 } line
        ? int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)
        : 0;

    private static string Told(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }

    private void Keep(string? line, bool isError = false)
    {
        if (line is null)
        {
            return;
        }

        lock (written)
        {
            written.AppendLine(line);
            if (isError)
            {
                Errors.Add(line);
            }

            awaited.RemoveAll(a => line.Contains(a.Text, StringComparison.Ordinal) && a.Seen.TrySetResult());
        }
    }
}
