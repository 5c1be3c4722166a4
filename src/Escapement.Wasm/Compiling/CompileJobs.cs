using Escapement.Compiling;

namespace Escapement.Wasm.Compiling;

/// <summary>The compilations of this node: what waits for its turn, and what goes on.</summary>
/// <param name="carryOut">Compiles; never fails.</param>
/// <param name="failures">What this node failed at.</param>
internal sealed class CompileJobs(Func<CompileJob, Task> carryOut, FailuresHere failures) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly CompileQueue queue = new();
    private readonly Dictionary<string, CompileJob> jobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> givenUp = new(StringComparer.Ordinal);
    private long count;
    private bool closed;

    /// <summary>The number of the job that came last.</summary>
    public long LastNumber
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    /// <summary>Has a version compiled, though it was given up before; not yet, where this node failed at it a short while ago.</summary>
    public void Want(UncompiledVersion version, CompileFor purpose)
    {
        lock (gate)
        {
            if (failures.IsPaused(version.Component))
            {
                return;
            }

            givenUp.Remove(version.Component);
            Add(version, purpose);
            Begin();
        }
    }

    /// <summary>Makes the jobs agree with the store: gives up what nobody wants any more, and adds what is not compiled.</summary>
    /// <param name="wanted">What the store says.</param>
    /// <param name="last">The number of the last job that came before the store was read; later ones are not in what it says.</param>
    public void AgreeWith(WantedComponents wanted, long last)
    {
        lock (gate)
        {
            foreach (var job in jobs.Values.Where(j => j.Number <= last).ToList())
            {
                AgreeWith(wanted, job);
            }

            foreach (var version in wanted.Versions.Where(v => !givenUp.Contains(v.Component)))
            {
                Add(version, wanted.PurposeOf(version.Component)!.Value);
            }

            Begin();
        }
    }

    /// <summary>This node failed at a component that is compiled elsewhere: a job for it that waits or goes on goes first no more.</summary>
    /// <param name="component">SHA-256 of the component.</param>
    /// <param name="reason">For people.</param>
    /// <param name="isOfCode">Whether there was code, which could not be loaded.</param>
    public FailureHere Failed(string component, string reason, bool isOfCode)
    {
        lock (gate)
        {
            var failure = failures.Note(component, reason, isOfCode);
            if (jobs.TryGetValue(component, out var job))
            {
                job.FailedHere = failure;
                Begin();
            }

            return failure;
        }
    }

    /// <summary>A job under way takes long: it counts as large from now on.</summary>
    public void TakesLong(CompileJob job)
    {
        lock (gate)
        {
            queue.TakesLong(job);
            Begin();
        }
    }

    /// <summary>Whether a component waits for its turn.</summary>
    public bool Waits(string component)
    {
        lock (gate)
        {
            return jobs.TryGetValue(component, out var job) && queue.Waits(job);
        }
    }

    /// <summary>Done when a component neither waits nor is compiled.</summary>
    public Task WhenEndedAsync(string component)
    {
        lock (gate)
        {
            return jobs.TryGetValue(component, out var job) ? job.Ended.Task : Task.CompletedTask;
        }
    }

    /// <summary>Gives up what waits, and waits for what goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        List<CompileJob> left;
        lock (gate)
        {
            closed = true;
            left = [.. jobs.Values];
            left.ForEach(GiveUp);
        }

        await Task.WhenAll(left.Select(j => j.Ended.Task));
    }

    private void AgreeWith(WantedComponents wanted, CompileJob job)
    {
        if (wanted.IsUnwanted(job))
        {
            if (wanted.IsWithoutRuns(job))
            {
                givenUp.Add(job.Component);
            }

            GiveUp(job);
        }
        else if (wanted.PurposeOf(job.Component) is { } purpose)
        {
            job.Purpose = purpose;
        }
    }

    private void Add(UncompiledVersion version, CompileFor purpose)
    {
        if (closed)
        {
            return;
        }

        if (!jobs.TryGetValue(version.Component, out var job))
        {
            job = CompileJob.Of(version, purpose, ++count, failures.Find(version.Component));
            jobs.Add(version.Component, job);
            queue.Add(job);
        }

        job.Versions = job.Versions.Add(version.Id);
        job.Purpose = purpose < job.Purpose ? purpose : job.Purpose;
    }

    private void GiveUp(CompileJob job)
    {
        if (queue.Remove(job))
        {
            End(job);
        }
        else
        {
            job.Cancel();
        }
    }

    private void Begin()
    {
        while (!closed && queue.Begin() is { } job)
        {
            _ = Task.Run(() => CarryOutAsync(job));
        }

        foreach (var job in queue.MakingRoom())
        {
            job.MakeRoom();
        }
    }

    private async Task CarryOutAsync(CompileJob job)
    {
        await carryOut(job);
        lock (gate)
        {
            queue.End(job);
            if (job.MakesRoom && !failures.IsPaused(job.Component))
            {
                job.WaitAgain();
                queue.Add(job);
            }
            else
            {
                End(job);
            }

            Begin();
        }
    }

    private void End(CompileJob job)
    {
        jobs.Remove(job.Component);
        job.Ended.TrySetResult();
        job.Dispose();
    }
}
