using Escapement.Sharing;

namespace Escapement.Firing;

/// <summary>How a node fires. The defaults suit one node with the embedded store and a cluster alike.</summary>
public sealed record FiringOptions
{
    /// <summary>Names this node in the ledger: 1 to 100 characters; default the machine's name.</summary>
    public string Node { get; init; } = Environment.MachineName;

    /// <summary>
    /// Runs carried out at once: 1 to 100,000. Default, and most: as many as the sandbox has slots, less those that are reserved for
    /// gateway calls.
    /// </summary>
    public int? Slots { get; init; }

    /// <summary>Slots that gateway calls cannot take: from 0, at least 2 fewer than the sandbox has; default a quarter, at least 1.</summary>
    public int? ReservedSlots { get; init; }

    /// <summary>Runs of one tenant at once on this node: at least 1, fewer than <see cref="Slots"/>; default half of the sandbox's slots.</summary>
    public int? SlotsPerTenant { get; init; }

    /// <summary>Runs of one install at once, on all nodes together: at least 1; default 4.</summary>
    public int MaxRunningPerInstall { get; init; } = 4;

    /// <summary>
    /// Runs of one tenant at once, on all nodes together: at least 1; default 64. Of one node it has <see cref="SlotsPerTenant"/> at most,
    /// so that no tenant has a node to itself, whatever this is.
    /// </summary>
    public int MaxRunningPerTenant { get; init; } = 64;

    /// <summary>Runs opened in one transaction: 1 to 10,000; default 1,000.</summary>
    public int ClaimBatch { get; init; } = 1000;

    /// <summary>How long a node may be silent before its runs are another's: 2 seconds to 1 hour; default 7 seconds.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>The longest sleep between two looks into the store: 100 milliseconds to 1 minute; default 1 second.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How old the latest missed occurrence may be to fire once the host is back: zero for never, up to 31 days; default 24 hours. A schedule's
    /// policy may say otherwise. One that starts within a minute is not late.
    /// </summary>
    public TimeSpan CatchUpWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Attempts of one run that may be lost with their node before it is abandoned: 1 to 100; default 3. An attempt that a node gave
    /// back because it was stopped is not lost.
    /// </summary>
    public int MaxAttemptsAfterNodeLoss { get; init; } = 3;

    /// <summary>How long a stopping node waits for its runs before it ends them and gives them back: zero to 1 hour; default 25 seconds.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>What runs are to have of a node's slots.</summary>
    internal SlotWish ToWish() => new(Slots, ReservedSlots, SlotsPerTenant);

    /// <summary>Every value that is out of its range, cross-field rules included; but for those that the number of slots decides.</summary>
    internal IReadOnlyList<Problem> Validate()
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string rule)
        {
            if (!ok)
            {
                problems.Add(new Problem($"Firing:{field}", "out-of-range", $"Firing:{field} must be {rule}"));
            }
        }

        Check(Node is { Length: >= 1 and <= 100 }, nameof(Node), "1 to 100 characters long");
        Check(Slots is null or (>= 1 and <= 100_000), nameof(Slots), "between 1 and 100000");
        Check(MaxRunningPerInstall >= 1, nameof(MaxRunningPerInstall), "at least 1");
        Check(MaxRunningPerTenant >= MaxRunningPerInstall, nameof(MaxRunningPerTenant), "at least Firing:MaxRunningPerInstall");
        Check(ClaimBatch is >= 1 and <= 10_000, nameof(ClaimBatch), "between 1 and 10000");
        Check(LeaseDuration >= TimeSpan.FromSeconds(2) && LeaseDuration <= TimeSpan.FromHours(1), nameof(LeaseDuration), "between 2 seconds and 1 hour");
        Check(
            PollInterval >= TimeSpan.FromMilliseconds(100) && PollInterval <= TimeSpan.FromMinutes(1),
            nameof(PollInterval),
            "between 100 milliseconds and 1 minute");
        Check(CatchUpWindow >= TimeSpan.Zero && CatchUpWindow <= TimeSpan.FromDays(31), nameof(CatchUpWindow), "between 0 and 31 days");
        Check(MaxAttemptsAfterNodeLoss is >= 1 and <= 100, nameof(MaxAttemptsAfterNodeLoss), "between 1 and 100");
        Check(ShutdownTimeout >= TimeSpan.Zero && ShutdownTimeout <= TimeSpan.FromHours(1), nameof(ShutdownTimeout), "between 0 and 1 hour");
        return problems;
    }
}
