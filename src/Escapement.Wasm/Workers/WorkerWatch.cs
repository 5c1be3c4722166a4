namespace Escapement.Wasm.Workers;

/// <summary>
/// Looks at the workers every few milliseconds while something runs: whether one holds more memory than it may, does not end what it should, takes
/// no frames, or does not become ready. While nothing runs it asks them every few seconds whether they are there, and ends them when it is time.
/// </summary>
internal sealed class WorkerWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly WorkerPool pool;
    private readonly WorkerLimits limits;
    private readonly AutoResetEvent woken = new(false);
    private readonly Thread thread;
    private volatile bool sleeps;
    private volatile bool isClosed;

    public WorkerWatch(WorkerPool pool, WorkerLimits limits)
    {
        this.pool = pool;
        this.limits = limits;
        thread = new Thread(Work) { Name = "worker-watch", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    /// <summary>Something runs, or is about to.</summary>
    public void Wake()
    {
        if (sleeps)
        {
            woken.Set();
        }
    }

    public void Dispose()
    {
        isClosed = true;
        woken.Set();
        thread.Join();
        woken.Dispose();
    }

    private void Work()
    {
        while (!isClosed)
        {
            foreach (var worker in pool.Alive)
            {
                Look(worker);
            }

            Sleep();
        }
    }

    private void Look(Worker worker)
    {
        if (!worker.IsReady)
        {
            if (worker.Age > WorkerLimits.Start)
            {
                worker.End(new WorkerEnd($"It was not ready after {WorkerLimits.Start.TotalSeconds:0} s."));
            }

            return;
        }

        if (worker.Overdue(WorkerLimits.Grace) is { } overdue)
        {
            worker.End(new WorkerEnd("It did not end a guest whose time was over.", overdue));
        }
        else if (worker.LeftFor > WorkerLimits.Grace)
        {
            worker.End(new WorkerEnd("It did not end by itself.", IsWanted: true));
        }
        else if (worker.NotTakingFor > WorkerLimits.NotTaking)
        {
            worker.End(new WorkerEnd("It took no frames."));
        }
        else if (worker.NotAnsweringFor > WorkerLimits.Answer)
        {
            worker.End(new WorkerEnd("It stood still, and did not answer.", IsNobodysFault: true));
        }
        else if (worker.OwnMemory() is { } memory)
        {
            if (memory > limits.Memory)
            {
                worker.End(new WorkerEnd($"It held {memory >> 20} MiB of memory, and may hold {limits.Memory >> 20}."));
            }
            else
            {
                // Where those in it can end before it comes to its limit, with what else has grown in it, such as what is loaded.
                pool.Rest(worker, memory > limits.Memory / 8 * 7);
                if (worker.Taken == 0 && memory > limits.Memory / 4 * 3)
                {
                    pool.Replace(worker);
                }
            }

            worker.Ask(WorkerLimits.AskEvery);
        }
    }

    private void Sleep()
    {
        // Said before it looks, so that whatever comes in between wakes it.
        sleeps = true;
        var idle = pool.IdleFor;
        if (idle >= limits.Idle)
        {
            pool.EndIfIdle(limits.Idle);
        }

        var alive = pool.Alive;
        var isBusy = alive.Any(w => w.Taken > 0 || !w.IsReady || w.LeftFor is not null);
        var toEnd = idle is { } so && so < limits.Idle ? limits.Idle - so : TimeSpan.MaxValue;
        woken.WaitOne(isBusy ? Every : alive.Count == 0 ? Timeout.InfiniteTimeSpan : toEnd < WorkerLimits.AskEvery ? toEnd : WorkerLimits.AskEvery);
        sleeps = false;
    }
}
