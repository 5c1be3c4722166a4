using System.Runtime.InteropServices;

namespace Escapement.Calls;

/// <summary>
/// How often calls of one install are kept: so many at once, then one each so often. A guest that fails on every call must not fill the
/// store's disk with it. Bounded: installs that have all their room again are forgotten.
/// </summary>
/// <param name="burst">How many at once.</param>
/// <param name="each">How long until there is room for another.</param>
internal sealed class KeepRate(int burst, TimeSpan each)
{
    /// <summary>How many installs are known at most; beyond that nothing of further ones is kept.</summary>
    public const int MaxInstalls = 10_000;

    private readonly Lock gate = new();

    // The instant at which an install has all its room again.
    private readonly Dictionary<InstallId, DateTimeOffset> fullAt = [];

    public bool Take(InstallId install, DateTimeOffset now)
    {
        lock (gate)
        {
            if (fullAt.Count >= MaxInstalls && !fullAt.ContainsKey(install) && Forget(now) == 0)
            {
                return false;
            }

            ref var full = ref CollectionsMarshal.GetValueRefOrAddDefault(fullAt, install, out _);
            var from = full < now || full > now + (burst * each) ? now : full;
            if (from - now > (burst - 1) * each)
            {
                return false;
            }

            full = from + each;
            return true;
        }
    }

    private int Forget(DateTimeOffset now)
    {
        var idle = fullAt.Where(i => i.Value <= now).Select(i => i.Key).ToList();
        idle.ForEach(i => fullAt.Remove(i));
        return idle.Count;
    }
}
