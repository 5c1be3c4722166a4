namespace Escapement.Wasm.Compiling;

/// <summary>
/// Whose turn it is: two compilations at once at most, and one of a large component at most, so that a small one never waits for a large
/// one. What runs wait for goes first, and what is wanted less makes room for it. Publishers take turns, in each the extensions, and within one it
/// is first come first served. Pure, and for one thread at a time.
/// </summary>
internal sealed class CompileQueue
{
    public const int Places = 2;

    /// <summary>A component below this size is small.</summary>
    public const long SmallBelow = 1 << 20;

    // Who was served is remembered, so that one who comes back at once does not go before those who wait. Past this many it is forgotten.
    private const int MaxRemembered = 10_000;

    private readonly List<CompileJob> waiting = [];
    private readonly List<CompileJob> underWay = [];
    private readonly Dictionary<(string Publisher, string? Extension), long> served = [];
    private long turn;

    public void Add(CompileJob job) => waiting.Add(job);

    /// <summary>Whether a job waits for its turn.</summary>
    public bool Waits(CompileJob job) => waiting.Contains(job);

    /// <summary>Takes a job away that waits; false when it does not.</summary>
    public bool Remove(CompileJob job) => waiting.Remove(job);

    /// <summary>The job that begins now; null when none may.</summary>
    public CompileJob? Begin()
    {
        if (InTurn(waiting).FirstOrDefault(j => Fits(j, underWay)) is not { } next)
        {
            return null;
        }

        waiting.Remove(next);
        underWay.Add(next);
        if (served.Count > MaxRemembered)
        {
            served.Clear();
        }

        turn++;
        served[(next.PublishedBy, null)] = turn;
        served[(next.PublishedBy, next.ExtensionId)] = turn;
        return next;
    }

    /// <summary>
    /// The jobs under way that are to make room, because one waits that is wanted more. Of jobs that are wanted alike none makes room, and of those
    /// that might the one that began last does.
    /// </summary>
    public IReadOnlyList<CompileJob> MakingRoom()
    {
        var chosen = new List<CompileJob>();
        foreach (var job in underWay.Concat(InTurn(waiting)).OrderBy(j => j.Purpose))
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

    private IEnumerable<CompileJob> InTurn(IEnumerable<CompileJob> jobs) =>
        jobs.OrderBy(j => (j.Purpose, LastTurn(j.PublishedBy, null), LastTurn(j.PublishedBy, j.ExtensionId), j.Number));

    private long LastTurn(string publisher, string? extension) => served.GetValueOrDefault((publisher, extension));
}
