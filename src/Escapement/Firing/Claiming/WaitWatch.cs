using Escapement.Runs;

namespace Escapement.Firing.Claiming;

/// <summary>
/// What kept schedules of a bucket waiting lately: kept in memory, by install and tenant and not by schedule, because those that wait are not looked at. What
/// another node knows is not known here, and losing it costs no more than a word.
/// </summary>
internal sealed class WaitWatch
{
    private const int MostKept = 10_000;

    private readonly Dictionary<Guid, DateTimeOffset> installs = [];
    private readonly Dictionary<TenantId, DateTimeOffset> tenants = [];
    private DateTimeOffset? slots;
    private bool hadNoSlot;

    /// <summary>A claim begins: if the one before left no slot free, there was none until now.</summary>
    public void Begin(DateTimeOffset now) => slots = hadNoSlot ? now : slots;

    /// <summary>A claim is over.</summary>
    public void End(DateTimeOffset now, bool noSlotLeft) => (slots, hadNoSlot) = (noSlotLeft ? now : slots, noSlotLeft);

    /// <summary>An install has as many runs under way as it may.</summary>
    public void Full(Guid install, DateTimeOffset now) => Keep(installs, install, now);

    /// <summary>A tenant has.</summary>
    public void Full(TenantId tenant, DateTimeOffset now) => Keep(tenants, tenant, now);

    /// <summary>What kept a schedule from starting since an instant; null for nothing that is known.</summary>
    public RunWait? Since(InstallScope scope, DateTimeOffset instant) =>
        installs.TryGetValue(scope.Install.Value, out var install) && install >= instant ? RunWait.InstallLimit
        : tenants.TryGetValue(scope.Tenant, out var tenant) && tenant >= instant ? RunWait.TenantLimit
        : slots >= instant ? RunWait.Slots
        : null;

    private static void Keep<TKey>(Dictionary<TKey, DateTimeOffset> kept, TKey key, DateTimeOffset now)
        where TKey : notnull
    {
        if (kept.Count >= MostKept && !kept.ContainsKey(key))
        {
            kept.Clear();
        }

        kept[key] = now;
    }
}
