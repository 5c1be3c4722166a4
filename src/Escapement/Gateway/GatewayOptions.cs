using Escapement.Sharing;

namespace Escapement.Gateway;

/// <summary>How many gateway calls a node carries out, and how many wait. What is beyond that is refused at once.</summary>
public sealed record GatewayOptions
{
    /// <summary>Slots that runs cannot take: from 0, at least 2 fewer than the sandbox has; default an eighth, at least 1.</summary>
    public int? ReservedSlots { get; init; }

    /// <summary>
    /// Calls of one tenant at once on this node: at least 1, and with the runs that it may have there fewer than the sandbox has slots;
    /// default three eighths of the slots, at least 1.
    /// </summary>
    public int? SlotsPerTenant { get; init; }

    /// <summary>Calls of one install at once on this node: 1 to <see cref="SlotsPerTenant"/>; default a quarter of the slots, at least 1.</summary>
    public int? SlotsPerInstall { get; init; }

    /// <summary>Calls that wait on this node, of all tenants: 1 to 10,000; default 256.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>Calls of one tenant that wait on this node: 1 to half of <see cref="MaxWaiting"/>, at least 1; default 32.</summary>
    public int MaxWaitingPerTenant { get; init; } = 32;

    /// <summary>Calls of one install that wait on this node: 1 to <see cref="MaxWaitingPerTenant"/>; default 16.</summary>
    public int MaxWaitingPerInstall { get; init; } = 16;

    /// <summary>What gateway calls are to have of a node's slots.</summary>
    internal SlotWish ToWish() => new(Reserved: ReservedSlots, PerTenant: SlotsPerTenant, PerInstall: SlotsPerInstall);

    /// <summary>Every value that is out of its range; but for those that the number of slots decides.</summary>
    internal IReadOnlyList<Problem> Validate()
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string rule)
        {
            if (!ok)
            {
                problems.Add(new Problem($"Gateway:{field}", "out-of-range", $"Gateway:{field} must be {rule}"));
            }
        }

        Check(MaxWaiting is >= 1 and <= 10_000, nameof(MaxWaiting), "between 1 and 10000");
        Check(
            MaxWaitingPerTenant >= 1 && MaxWaitingPerTenant <= Math.Max(1, MaxWaiting / 2),
            nameof(MaxWaitingPerTenant),
            "between 1 and half of Gateway:MaxWaiting, so that one tenant cannot fill it");
        Check(
            MaxWaitingPerInstall >= 1 && MaxWaitingPerInstall <= MaxWaitingPerTenant,
            nameof(MaxWaitingPerInstall),
            "between 1 and Gateway:MaxWaitingPerTenant");
        return problems;
    }
}
