namespace Escapement;

/// <summary>
/// Makes all threads of the pool at the start of a program of ours. The runtime ends a process for which it cannot make one more, and that is what happens
/// where few processes are allowed (<c>ulimit -u</c>, <c>pids.max</c>) and others have taken the rest. The setting
/// <c>System.Threading.ThreadPool.ThreadTimeoutMs</c> of -1 has the pool keep them.
/// </summary>
internal static class PoolThreads
{
    /// <summary>Makes them, and lets the pool make no more.</summary>
    /// <param name="count">How many; at least one for each processor.</param>
    /// <param name="others">For how many beside them there must be room, which the program and the runtime make later.</param>
    /// <exception cref="OutOfMemoryException">The system does not give as many.</exception>
    public static void MakeAll(int count, int others = 0)
    {
        TryOut(count + others);
        ThreadPool.GetMinThreads(out var usual, out var completion);
        ThreadPool.SetMinThreads(count, completion);
        var there = new CountdownEvent(count);
        var go = new ManualResetEventSlim();
        for (var i = 0; i < count; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    there.Signal();
                    go.Wait();
                },
                null);
        }

        there.Wait();
        go.Set();

        // As many work at once as without this, and more only when work waits. A lower maximum is what brings down how many the pool aims at.
        ThreadPool.SetMinThreads(usual, completion);
        ThreadPool.GetMaxThreads(out _, out completion);
        ThreadPool.SetMaxThreads(usual, completion);
        ThreadPool.SetMaxThreads(count, completion);
    }

    // With threads of our own: those that the pool cannot make end the process where nobody can catch it.
    private static void TryOut(int count)
    {
        using var go = new ManualResetEventSlim();
        var made = new List<Thread>();
        try
        {
            while (made.Count < count)
            {
                var thread = new Thread(go.Wait) { IsBackground = true };
                thread.Start();
                made.Add(thread);
            }
        }
        finally
        {
            go.Set();
            made.ForEach(t => t.Join());
        }
    }
}
