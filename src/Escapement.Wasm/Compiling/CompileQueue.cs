using Escapement.Compiling;

namespace Escapement.Wasm.Compiling;

/// <summary>
/// Whose turn it is: two compilations at once at most, and one of a large component at most, so that a small one never waits long for large
/// ones. A small one that takes long counts as large from then on. What runs wait for goes first, and what is wanted less makes room for it; among
/// large and among small ones publishers take turns. Pure, and for one thread at a time.
/// </summary>
/// <remarks>
/// Nobody waits for ever. Of those that are wanted alike, and of one size, no other publisher is served twice, and no other extension of the same
/// publisher, between two turns of whoever waits, and what comes anew comes behind it. Before these goes what runs wait for, once for each component: it is
/// then here, and if this node fails at it, it goes first no more and takes turns with what publishers wait for, after a pause that doubles. Only a folder
/// too small for what its installs run has what runs wait for come back without end.
/// </remarks>
internal sealed class CompileQueue
{
    public const int Places = 2;

    /// <summary>A component below this size is small, until compiling it takes long.</summary>
    public const long SmallBelow = 1 << 20;

    private readonly HashSet<CompileJob> waiting = [];
    private readonly List<CompileJob> underWay = [];
    private readonly CompileTurns small = new();
    private readonly CompileTurns large = new();
    private long count;

    public void Add(CompileJob job)
    {
        job.WaitsSince = ++count;
        waiting.Add(job);
    }

    /// <summary>Whether a job waits for its turn.</summary>
    public bool Waits(CompileJob job) => waiting.Contains(job);

    /// <summary>Takes a job away that waits; false when it does not.</summary>
    public bool Remove(CompileJob job) => waiting.Remove(job);

    /// <summary>The job that begins now; null when none may.</summary>
    public CompileJob? Begin()
    {
        if (Next() is not { } next)
        {
            return null;
        }

        waiting.Remove(next);
        underWay.Add(next);
        (next.IsSmall ? small : large).Served(next, ++count);
        return next;
    }

    /// <summary>
    /// A small job under way takes long. If a large one goes on already that is wanted as much, it is <see cref="MakingRoom"/> and waits for its turn
    /// among the large ones; what it began with then is its own to the end.
    /// </summary>
    public void TakesLong(CompileJob job)
    {
        if (!underWay.Remove(job))
        {
            return;
        }

        job.TakesLong = true;

        // Behind the other, which has had more time spent on it.
        underWay.Add(job);
        if (!MakingRoom().Contains(job))
        {
            large.Served(job, ++count);
        }
    }

    /// <summary>
    /// The jobs under way that are to make room, because one waits that is wanted more, or one has turned large. Of jobs that are wanted alike the
    /// one that began last does.
    /// </summary>
    public IReadOnlyList<CompileJob> MakingRoom()
    {
        if (underWay.Count == 0)
        {
            return [];
        }

        // Others are not ahead of what is under way. Of those that are alike no more fit than there are places.
        var last = underWay.Max(j => j.Rank);
        var ahead = waiting.Where(j => j.Rank < last).GroupBy(Order).OrderBy(alike => alike.Key).SelectMany(alike => alike.Take(Places));
        var chosen = new List<CompileJob>();
        foreach (var job in underWay.Concat(ahead).OrderBy(j => j.Rank))
        {
            if (Fits(job, chosen))
            {
                chosen.Add(job);
            }
        }

        return [.. underWay.Except(chosen)];
    }

    /// <summary>Gives the place of a job back.</summary>
    public void End(CompileJob job) => underWay.Remove(job);

    private static bool Fits(CompileJob job, List<CompileJob> others) => others.Count < Places && (job.IsSmall || others.TrueForAll(j => j.IsSmall));

    // Of those that are wanted alike a large one takes the large place as soon as it is free: small ones without end would keep it waiting for ever.
    private static (CompileFor Rank, bool IsSmall) Order(CompileJob job) => (job.Rank, job.IsSmall);

    // Each publication and each end of a compilation asks: what waits is gone through and never sorted, and left alone while no place is free.
    private CompileJob? Next()
    {
        var fitting = underWay.Count == Places ? [] : waiting.Where(j => Fits(j, underWay)).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var first = fitting.Min(Order);
        return (first.IsSmall ? small : large).Next(fitting.Where(j => Order(j) == first));
    }
}
