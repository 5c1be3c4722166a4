using Escapement.Sqlite.Connections;
using Microsoft.Extensions.Logging;

namespace Escapement.Sqlite.Integrity;

/// <summary>
/// Looks at every page once, in the background, when the process before did not close the file, for a machine that lost its power may
/// have lost writes that its disk had promised; and when damage was found in the file before.
/// </summary>
internal sealed class CheckAfterCrash : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Thread? thread;

    /// <summary>Starts it if there is anything to check.</summary>
    /// <param name="damage">Gets what it finds.</param>
    /// <param name="depth">How thoroughly; null for not at all.</param>
    /// <param name="logger">Told that all is well, or that it could not look.</param>
    public CheckAfterCrash(FoundDamage damage, CheckDepth? depth, ILogger logger)
    {
        if (depth is { } wanted)
        {
            // Below all others: on a large file it reads for minutes.
            thread = new Thread(() => Run(damage, wanted, logger)) { Name = "escapement-sqlite-check", IsBackground = true, Priority = ThreadPriority.Lowest };
            thread.Start();
        }
    }

    /// <summary>How thoroughly a file must be looked at, if at all. Asked before it is opened, which changes it.</summary>
    public static CheckDepth? NeededFor(string file) =>
        FoundDamage.IsMarked(file) ? CheckDepth.Everything
        : new FileInfo(file + "-wal") is { Exists: true, Length: > 0 } ? CheckDepth.Pages
        : null;

    /// <summary>Breaks off what is under way.</summary>
    public void Dispose()
    {
        ending.Cancel();
        thread?.Join();
        ending.Dispose();
    }

    private void Run(FoundDamage damage, CheckDepth depth, ILogger logger)
    {
        try
        {
            var problems = FileCheck.Run(damage.File, depth, ending.Token);
            if (problems.Count == 0)
            {
                damage.FoundNone();
                SqliteLog.Sound(logger, damage.File);
                return;
            }

            damage.Found(string.Join("; ", problems));
        }
        catch (OperationCanceledException)
        {
            // The store is closed before the check has ended. A mark is still there; of a crash the next one after it looks.
        }
        catch (StoreUnavailableException e)
        {
            SqliteLog.NotChecked(logger, damage.File, e.Message);
        }
    }
}
