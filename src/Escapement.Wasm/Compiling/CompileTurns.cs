namespace Escapement.Wasm.Compiling;

/// <summary>Who was served when, so that publishers take turns, in each the extensions, and within one it is first come first served.</summary>
internal sealed class CompileTurns
{
    // Who was served is remembered, so that one who comes back at once does not go before those who wait. Past this many it is forgotten.
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<(string Publisher, string? Extension), long> served = [];
    private long turn;

    public void Served(CompileJob job)
    {
        if (served.Count > MaxRemembered)
        {
            served.Clear();
        }

        turn++;
        served[(job.PublishedBy, null)] = turn;
        served[(job.PublishedBy, job.ExtensionId)] = turn;
    }

    public IEnumerable<CompileJob> InTurn(IEnumerable<CompileJob> jobs) =>
        jobs.OrderBy(j => (Last(j.PublishedBy, null), Last(j.PublishedBy, j.ExtensionId), j.Number));

    private long Last(string publisher, string? extension) => served.GetValueOrDefault((publisher, extension));
}
