namespace Escapement.Wasm.Compiling;

/// <summary>
/// Whose turn it is: two compilations at once at most, and one of a large component at most, so that a small one never waits for a large
/// one. What runs wait for goes first. Publishers take turns, in each the extensions, and within one it is first come first served. Pure, and
/// for one thread at a time.
/// </summary>
internal sealed class CompileQueue
{
    public const int Places = 2;

    /// <summary>A component below this size is small.</summary>
    public const long SmallBelow = 1 << 20;

    // Who was served is remembered, so that one who comes back at once does not go before those who wait. Past this many it is forgotten.
    private const int MaxRemembered = 10_000;

    private readonly List<CompileJob> waiting = [];
    private readonly Dictionary<(string Publisher, string? Extension), long> served = [];
    private int running;
    private int runningLarge;
    private long turn;

    public IReadOnlyList<CompileJob> Waiting => waiting;

    public void Add(CompileJob job) => waiting.Add(job);

    /// <summary>Takes a job away that waits; false when it does not.</summary>
    public bool Remove(CompileJob job) => waiting.Remove(job);

    /// <summary>The job that begins now; null when none may.</summary>
    public CompileJob? Begin()
    {
        if (running >= Places
            || waiting.Where(j => j.IsSmall || runningLarge == 0)
                .MinBy(j => (j.Purpose, LastTurn(j.PublishedBy, null), LastTurn(j.PublishedBy, j.ExtensionId), j.Number)) is not { } next)
        {
            return null;
        }

        waiting.Remove(next);
        running++;
        runningLarge += next.IsSmall ? 0 : 1;
        if (served.Count > MaxRemembered)
        {
            served.Clear();
        }

        turn++;
        served[(next.PublishedBy, null)] = turn;
        served[(next.PublishedBy, next.ExtensionId)] = turn;
        return next;
    }

    /// <summary>Gives the place of a job back.</summary>
    public void End(CompileJob job)
    {
        running--;
        runningLarge -= job.IsSmall ? 0 : 1;
    }

    private long LastTurn(string publisher, string? extension) => served.GetValueOrDefault((publisher, extension));
}
