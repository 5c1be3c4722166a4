using Microsoft.Extensions.Logging;

namespace Escapement.Sqlite.Integrity;

/// <summary>
/// Looks at every page once, in the background, when the process before did not close the file: a machine that lost its power may
/// have lost writes that its disk had promised.
/// </summary>
internal sealed class CheckAfterCrash : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Thread? thread;
    private volatile string? warning;

    /// <summary>Starts it if there is anything to check.</summary>
    /// <param name="file">The database.</param>
    /// <param name="isNeeded">Whether the process before left its log behind.</param>
    /// <param name="logger">Gets what it found.</param>
    public CheckAfterCrash(string file, bool isNeeded, ILogger logger)
    {
        if (isNeeded)
        {
            // Below all others: on a large file it reads for minutes.
            thread = new Thread(() => Run(file, logger)) { Name = "escapement-sqlite-check", IsBackground = true, Priority = ThreadPriority.Lowest };
            thread.Start();
        }
    }

    /// <summary>What an operator must put right; null as long as nothing was found. Names no file: it is shown without a token.</summary>
    public string? Warning => warning;

    /// <summary>Whether the file was left by a process that did not close it. Asked before it is opened, which changes it.</summary>
    public static bool IsNeeded(string file)
    {
        var log = new FileInfo(file + "-wal");
        return log is { Exists: true, Length: > 0 };
    }

    /// <summary>Breaks off what is under way.</summary>
    public void Dispose()
    {
        ending.Cancel();
        thread?.Join();
        ending.Dispose();
    }

    private void Run(string file, ILogger logger)
    {
        try
        {
            var problems = FileCheck.Run(file, CheckDepth.Pages, ending.Token);
            if (problems.Count == 0)
            {
                SqliteLog.Sound(logger, file);
                return;
            }

            warning = "Pages of the database file are damaged; the node's log says which and what to do";
            SqliteLog.Damaged(logger, file, string.Join("; ", problems), Remedies.For(file));
        }
        catch (OperationCanceledException)
        {
            // The store is closed before the check has ended; the next start after a crash looks again.
        }
        catch (StoreUnavailableException e)
        {
            SqliteLog.NotChecked(logger, file, e.Message);
        }
    }
}
