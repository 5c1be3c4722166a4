namespace Escapement.Faults.Tests.Checking;

/// <summary>What a check came to: figures to print, and everything that is wrong.</summary>
internal sealed class Verdict
{
    private const int Shown = 40;

    private readonly List<string> wrong = [];

    /// <summary>Occurrences that had to be in the ledger.</summary>
    public int Checked { get; set; }

    /// <summary>Of those, how many are not.</summary>
    public int Losses { get; private set; }

    /// <summary>Occurrences with more than one row, and calls repeated without a reason.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Calls repeated because their node died, stalled, was cut off or was stopped inside them; each with the same key and a higher attempt.</summary>
    public int Repeats { get; set; }

    /// <summary>Repeats that began while the call before still went on, on a node that stood still or was cut off.</summary>
    public int Overlapping { get; set; }

    /// <summary>Attempts that were taken from their node before it called anything.</summary>
    public int NeverBegun { get; set; }

    /// <summary>Occurrences that a change took away before they were claimed.</summary>
    public int Dropped { get; set; }

    /// <summary>Answered changes whose audit entries were looked for.</summary>
    public int Changes { get; set; }

    /// <summary>Occurrences that were not as usual, of which it was asked why.</summary>
    public int Explained { get; set; }

    /// <summary>Times without any node's sign of life that the nodes wrote down.</summary>
    public int Outages { get; set; }

    /// <summary>How many occurrences ended how.</summary>
    public SortedDictionary<string, int> Ends { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Wrong => wrong;

    public void Lost(string what)
    {
        Losses++;
        wrong.Add($"lost: {what}");
    }

    public void Twice(string what)
    {
        Duplicates++;
        wrong.Add($"twice: {what}");
    }

    public void Fail(string what) => wrong.Add(what);

    public void Count(string end, int occurrences = 1) => Ends[end] = Ends.GetValueOrDefault(end) + occurrences;

    /// <summary>Fails the test if anything is wrong, and says what.</summary>
    public void Demand(string moment)
    {
        var more = wrong.Count > Shown ? $"\n  and {wrong.Count - Shown} more" : "";
        Assert.True(wrong.Count == 0, $"{moment}: {wrong.Count} things are wrong\n  {string.Join("\n  ", wrong.Take(Shown))}{more}");
    }
}
