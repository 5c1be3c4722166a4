using System.Collections.Concurrent;

namespace Escapement.Wasm.Running;

/// <summary>The sandbox's own threads with a queue in front. Guests block their thread, so the thread pool is left out of it.</summary>
internal sealed class SandboxThreads
{
    // Beside the guest's own stack: host calls, marshalling and the engine's frames.
    private const int HostStack = 2 << 20;

    private readonly BlockingCollection<Action> queue = [];
    private readonly Thread[] threads;

    public SandboxThreads(int count, int guestStack)
    {
        threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            threads[i] = new Thread(Work, guestStack + HostStack) { Name = $"sandbox-{i}", IsBackground = true };
            threads[i].Start();
        }
    }

    /// <summary>Queues work, which must not throw.</summary>
    /// <exception cref="InvalidOperationException">The threads are ending.</exception>
    public void Queue(Action work) => queue.Add(work);

    /// <summary>Takes no more work and waits until what is queued is done.</summary>
    public void Finish()
    {
        queue.CompleteAdding();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        queue.Dispose();
    }

    private void Work()
    {
        foreach (var work in queue.GetConsumingEnumerable())
        {
            work();
        }
    }
}
