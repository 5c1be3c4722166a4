using System.Runtime.InteropServices;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Slows down whoever tries wrong tokens. An address has a few for free; further ones are answered one a second, and what is beyond those
/// that wait already is refused at once. Right tokens never come here. Bounded, however many addresses there are.
/// </summary>
internal sealed class FailedSignIns(TimeProvider time)
{
    /// <summary>Wrong tokens that are answered without a wait.</summary>
    public const int Free = 10;

    /// <summary>Answers that wait at once.</summary>
    public const int Waiting = 10;

    /// <summary>Addresses that are told apart; further ones count as one.</summary>
    public const int MaxAddresses = 10_000;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();

    // The instant at which an address has all its free ones again.
    private readonly Dictionary<string, DateTimeOffset> freeAt = [];
    private DateTimeOffset forgottenAt;

    /// <summary>How many addresses are remembered.</summary>
    public int Remembered
    {
        get
        {
            lock (gate)
            {
                return freeAt.Count;
            }
        }
    }

    /// <summary>Counts a wrong token; answers how long its answer is to wait, and whether to refuse it at once instead, naming that time.</summary>
    public (TimeSpan Wait, bool Refuse) Count(string address)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (freeAt.Count >= MaxAddresses && (now >= forgottenAt + Each || now < forgottenAt))
            {
                forgottenAt = now;
                Forget(now);
            }

            var name = freeAt.Count < MaxAddresses || freeAt.ContainsKey(address) ? address : "";
            ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(freeAt, name, out _);
            var most = (Free + Waiting) * Each;
            var from = at < now || at > now + most ? now : at;
            var wait = from - now - ((Free - 1) * Each);
            if (wait > Waiting * Each)
            {
                return (wait - (Waiting * Each), true);
            }

            at = from + Each;
            return (wait > TimeSpan.Zero ? wait : TimeSpan.Zero, false);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var address in freeAt.Where(a => a.Value <= now).Select(a => a.Key).ToList())
        {
            freeAt.Remove(address);
        }
    }
}
