namespace Escapement.PostgreSql.Tenancy;

/// <summary>A machine of a distributed schema: which buckets it holds, and whether it is away.</summary>
internal sealed class Machine(string name)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private TimeSpan wait;

    /// <summary>Its address, as the cluster knows it.</summary>
    public string Name => name;

    public IReadOnlyList<short> Buckets { get; set; } = [];

    /// <summary>Why it is away; null while it is there.</summary>
    public StoreUnavailableException? Problem { get; private set; }

    /// <summary>From when on it is worth to ask it again.</summary>
    public DateTimeOffset AskAt { get; private set; }

    /// <summary>It answered.</summary>
    public void Answered() => (Problem, wait) = (null, TimeSpan.Zero);

    /// <summary>It did not answer. It is left alone for longer each time.</summary>
    public void Silent(StoreUnavailableException problem, DateTimeOffset now)
    {
        wait = wait == TimeSpan.Zero ? FirstWait : wait * 2 < LongestWait ? wait * 2 : LongestWait;
        (Problem, AskAt) = (problem, now + wait);
    }
}
