using System.Diagnostics;
using Escapement.Repeats;

namespace Escapement.Sqlite.Connections;

/// <summary>
/// The one writer: a thread of its own with the only connection that writes. It takes everything that waits into one
/// transaction, so that callers who come together share one flush to disk; each change has a savepoint, so that one that
/// fails takes back only itself. A caller is answered after the commit.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    // A group is cut off here, so that the first caller does not wait for a crowd.
    private const int MaxGroup = 512;
    private static readonly TimeSpan MaxGroupTime = TimeSpan.FromMilliseconds(20);

    private readonly Database database;
    private readonly FoundDamage damage;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim waiting = new(0);
    private readonly Queue<WriteItem> queue = new();
    private readonly List<WriteItem> group = [];
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool closed;

    public WriteQueue(Database database, FoundDamage damage)
    {
        this.database = database;
        this.damage = damage;
        new Thread(Work) { Name = "escapement-sqlite-writer", IsBackground = true }.Start();
    }

    /// <summary>
    /// Carries out a change on the writer's thread and answers once it is durable. The token gives up only while the change
    /// still waits.
    /// </summary>
    public ValueTask<T> WriteAsync<T>(Func<Database, T> change, CancellationToken cancellationToken)
    {
        var item = new WriteItem<T>(
            AnswerKeeping.For<T>() is { } keeping ? database => AnswerRow.Keep(database, keeping, change) : change, cancellationToken);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            queue.Enqueue(item);
        }

        waiting.Release();
        return new ValueTask<T>(item.Task);
    }

    /// <summary>Finishes what waits, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closed = true;
        }

        waiting.Release();
        await stopped.Task;
    }

    private void Work()
    {
        while (true)
        {
            waiting.Wait();
            var first = Next();
            if (first is null)
            {
                // Woken without an item: one that a group took already, or the end.
                if (IsDrained())
                {
                    break;
                }

                continue;
            }

            WriteGroup(first);
        }

        database.Dispose();
        stopped.SetResult();
    }

    private void WriteGroup(WriteItem first)
    {
        group.Clear();
        var started = Stopwatch.GetTimestamp();
        Exception? failure = null;
        try
        {
            database.Begin.Run();
            for (var item = first; item is not null; item = More(started) ? Next() : null)
            {
                if (!item.TryStart())
                {
                    continue;
                }

                group.Add(item);
                Carry(item);
            }

            database.Commit.Run();
        }
        catch (Exception e)
        {
            failure = SqliteFailure.OfGroup(damage.Explain(e), damage.File);
            if (!group.Contains(first) && first.TryStart())
            {
                group.Add(first);
            }

            TryRollBack();
        }

        foreach (var item in group)
        {
            item.Finish(failure);
        }
    }

    private void Carry(WriteItem item)
    {
        database.Savepoint.Run();
        try
        {
            item.Carry(database);
        }
        catch (Exception e)
        {
            item.Fail(damage.Explain(e));
            if (!database.InTransaction)
            {
                // A full disk or a failing one may end the whole transaction; then all of the group is lost.
                throw;
            }

            database.RollbackToSavepoint.Run();
        }

        database.Release.Run();
    }

    private void TryRollBack()
    {
        try
        {
            if (database.InTransaction)
            {
                database.Rollback.Run();
            }
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The failure that led here is the one that callers get; the next group starts with a BEGIN that tells more.
        }
    }

    private bool More(long started) => group.Count < MaxGroup && Stopwatch.GetElapsedTime(started) < MaxGroupTime;

    private WriteItem? Next()
    {
        lock (gate)
        {
            return queue.TryDequeue(out var item) ? item : null;
        }
    }

    private bool IsDrained()
    {
        lock (gate)
        {
            return closed && queue.Count == 0;
        }
    }
}
