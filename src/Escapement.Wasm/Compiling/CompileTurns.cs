namespace Escapement.Wasm.Compiling;

/// <summary>
/// Who was served when, so that publishers take turns, in each the extensions, and within one it is first come first served. Whoever comes anew comes
/// behind those who wait since before, so that names without end keep nobody waiting.
/// </summary>
internal sealed class CompileTurns
{
    // Who was served is remembered, so that one who comes back at once does not go before those who wait. Past this many it is forgotten.
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<(string Publisher, string? Extension), long> served = [];

    /// <summary>A job is begun.</summary>
    /// <param name="job">Which.</param>
    /// <param name="at">When, by the count that jobs wait by.</param>
    public void Served(CompileJob job, long at)
    {
        if (served.Count > MaxRemembered)
        {
            served.Clear();
        }

        served[(job.PublishedBy, null)] = at;
        served[(job.PublishedBy, job.ExtensionId)] = at;
    }

    /// <summary>Of those that are wanted alike, and there is one at least, the one that is begun next.</summary>
    public CompileJob Next(IEnumerable<CompileJob> jobs)
    {
        var publisher = jobs.GroupBy(j => j.PublishedBy, StringComparer.Ordinal).MinBy(p => Since(p.Key, null, p))!;
        var extension = publisher.GroupBy(j => j.ExtensionId, StringComparer.Ordinal).MinBy(e => Since(publisher.Key, e.Key, e))!;
        return extension.MinBy(j => j.Number)!;
    }

    // Since when it waits to be served: since it was served last, or since its first job came.
    private long Since(string publisher, string? extension, IEnumerable<CompileJob> jobs) =>
        Math.Max(served.GetValueOrDefault((publisher, extension)), jobs.Min(j => j.WaitsSince));
}
