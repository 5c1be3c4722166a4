using Escapement.Runs;

namespace Escapement.Wasm.Running;

/// <summary>
/// How often a guest called what. A component names what it imports, at any length and without number, and the counts are kept with each run: so
/// both have an end.
/// </summary>
internal sealed class HostCallCounts
{
    /// <summary>What all further operations are called.</summary>
    public const string Others = "others";

    private readonly Dictionary<string, int> counts = [];

    public IReadOnlyDictionary<string, int> Counts => counts;

    public void Add(string operation)
    {
        var name = operation.Length <= RunEvidence.MaxOperationChars ? operation : operation[..(RunEvidence.MaxOperationChars - 1)] + '…';
        if (counts.Count >= RunEvidence.MaxOperations - 1 && !counts.ContainsKey(name))
        {
            name = Others;
        }

        counts[name] = counts.GetValueOrDefault(name) + 1;
    }
}
