using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Escapement.Wasm.Confinement;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Escapement.Wasm.Workers;

/// <summary>One process of the host's own making: its pipes, its memory, its end.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private const int MaxLineChars = 1_000;
    private const int MaxLines = 100;

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly string verb;
    private readonly MemoryCgroup? group;
    private readonly ILogger logger;
    private readonly SafeFileHandle? state;

    /// <param name="process">The process.</param>
    /// <param name="verb">What it does.</param>
    /// <param name="group">The group that it is in, which goes when it is gone; null where it has none.</param>
    /// <param name="logger">Gets what it says.</param>
    public WorkerProcess(Process process, string verb, MemoryCgroup? group, ILogger logger)
    {
        this.process = process;
        this.verb = verb;
        this.group = group;
        this.logger = logger;
        Id = process.Id;
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        state = ProcessState.Open(Id);
        new Thread(ReadErrors) { Name = $"worker-{Id}-errors", IsBackground = true }.Start();
    }

    public int Id { get; }

    /// <summary>Whether the kernel bounds all memory that it takes.</summary>
    public bool HasGroup => group is not null;

    /// <summary>What is to be said when the kernel ended it for the memory that it took; null when it did not.</summary>
    public ProcessEnd? Outgrown => group is { WasOutgrown: true } ? ProcessEnd.OfMemory(group.Limit) : null;

    /// <summary>What it reads.</summary>
    public Stream Input { get; }

    /// <summary>What it writes.</summary>
    public Stream Output { get; }

    /// <summary>
    /// Whether the system has begun to end it. It takes calls for a while yet and answers none: freeing hundreds of MiB takes a tenth of a second,
    /// and its pipes stay open that long. False where the system does not tell.
    /// </summary>
    public bool IsEnding()
    {
        if (state is null)
        {
            return false;
        }

        try
        {
            Span<byte> text = stackalloc byte[512];
            return ProcessState.IsEnding(text[..RandomAccess.Read(state, text, 0)]);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // There is no such process any more, or its end was seen already.
            return true;
        }
    }

    /// <summary>How much processor time it has used; null when it is gone.</summary>
    public TimeSpan? ProcessorTime()
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>
    /// Memory that is its own, in bytes: what lies in files, as compiled code does, is shared and can be dropped. All that is resident where the system
    /// does not tell the two apart; null when the process is gone.
    /// </summary>
    public long? OwnMemory()
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                process.Refresh();
                return process.WorkingSet64;
            }

            // In pages: all, resident, resident and shared.
            var fields = File.ReadAllText($"/proc/{Id}/statm").Split(' ');
            return (Number(fields[1]) - Number(fields[2])) * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is known of its end once its pipes are closed, which is waited for a moment.</summary>
    public ProcessEnd HowItEnded()
    {
        try
        {
            var end = ProcessEnd.Of(process.WaitForExit(EndsWithin) ? process.ExitCode : null);
            return Outgrown ?? end;
        }
        catch (InvalidOperationException)
        {
            return ProcessEnd.Of(0);
        }
    }

    /// <summary>Lets it end by itself: it does when nobody talks to it any more.</summary>
    public void CloseInput()
    {
        try
        {
            Input.Dispose();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It is gone already.
        }
    }

    public Task WaitForEndAsync() => process.WaitForExitAsync();

    public void Dispose()
    {
        CloseInput();
        Output.Dispose();
        state?.Dispose();
        process.Dispose();
        group?.Dispose();
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    // What it says may be a guest's words, who broke out: bounded, and without what a terminal would obey.
    private void ReadErrors()
    {
        try
        {
            var buffer = new char[MaxLineChars];
            var length = 0;
            var lines = 0;
            while (process.StandardError.Read() is >= 0 and var read)
            {
                if (read != '\n' && length < MaxLineChars)
                {
                    buffer[length++] = char.IsControl((char)read) ? '?' : (char)read;
                }

                if (read == '\n')
                {
                    if (length > 0 && ++lines <= MaxLines)
                    {
                        WorkerSaid(verb, Id, new string(buffer, 0, length));
                    }

                    length = 0;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone, and its words with it.
        }
    }
}
