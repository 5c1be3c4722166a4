namespace Escapement.Wasm.Compiling;

/// <summary>
/// Components that are compiled as far as the store knows, and of which this node has no code that it could make or load. Each failure has the next try
/// wait longer, so that the node does not spend itself on one component without end.
/// </summary>
internal sealed class FailuresHere(TimeProvider time)
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // Past this many they are forgotten, and each costs one more try.
    private const int MaxRemembered = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, FailureHere> failures = new(StringComparer.Ordinal);

    /// <summary>One more failure; those that come before the next try count as one.</summary>
    /// <param name="component">SHA-256 of the component.</param>
    /// <param name="reason">For people.</param>
    /// <param name="isOfCode">Whether there was code, which could not be loaded.</param>
    public FailureHere Note(string component, string reason, bool isOfCode)
    {
        lock (gate)
        {
            var last = Recent(component);
            if (last is { IsMadeAnew: false } && time.GetUtcNow() < last.TriedAgainAt)
            {
                // Several ran into the same.
                return last;
            }

            var times = (last?.Times ?? 0) + 1;
            var pause = FirstPause * Math.Pow(2, Math.Min(times - 1, 20));
            var failure = new FailureHere(times, time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause), reason, isOfCode);
            if (failures.Count >= MaxRemembered)
            {
                failures.Clear();
            }

            return failures[component] = failure;
        }
    }

    /// <summary>The last failure of a component, if it is not long ago.</summary>
    public FailureHere? Find(string component)
    {
        lock (gate)
        {
            return Recent(component);
        }
    }

    /// <summary>Whether the next try has to wait still.</summary>
    public bool IsPaused(string component) => time.GetUtcNow() < Find(component)?.TriedAgainAt;

    /// <summary>Whether code that another node put into the store is tried; not what this node failed to load, until it has made its own.</summary>
    public bool TakesStoresCode(string component) => Find(component) is not { IsOfCode: true };

    /// <summary>
    /// Whether code that is here could not be loaded, and none was made since. Its file may be there still, where something has it open.
    /// </summary>
    public bool IsOfNoUse(string component) => Find(component) is { IsOfCode: true, IsMadeAnew: false };

    /// <summary>Code was made: whether it can be loaded remains to be seen.</summary>
    public void MadeAnew(string component)
    {
        lock (gate)
        {
            if (Recent(component) is { } failure)
            {
                failures[component] = failure with { IsMadeAnew = true };
            }
        }
    }

    public void Forget(string component)
    {
        lock (gate)
        {
            failures.Remove(component);
        }
    }

    // What came after it went well, or nobody asked.
    private FailureHere? Recent(string component) =>
        failures.TryGetValue(component, out var failure) && time.GetUtcNow() < failure.TriedAgainAt + LongestPause ? failure : null;
}

/// <summary>Why this node has no code of a component.</summary>
/// <param name="Times">How often in a row.</param>
/// <param name="TriedAgainAt">Not before then.</param>
/// <param name="Reason">For people.</param>
/// <param name="IsOfCode">Whether there was code, which could not be loaded.</param>
/// <param name="IsMadeAnew">Whether code was made since.</param>
internal sealed record FailureHere(int Times, DateTimeOffset TriedAgainAt, string Reason, bool IsOfCode, bool IsMadeAnew = false);
