using System.Runtime.InteropServices;

namespace Escapement.AspNetCore.Problems;

/// <summary>Which refused requests are logged: of each address one a second, with the number of those left out.</summary>
internal sealed class RefusalTally
{
    /// <summary>How many addresses are told apart; further ones count as one.</summary>
    public const int MaxAddresses = 1_000;

    /// <summary>What further addresses are called.</summary>
    public const string Others = "other addresses";

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, State> addresses = [];

    /// <summary>Counts a refusal. What is to be logged: under which name, and how many were left out since; null when nothing is.</summary>
    public (string Address, int LeftOut)? Note(string address, DateTimeOffset now)
    {
        lock (gate)
        {
            var name = addresses.ContainsKey(address) || addresses.Count < MaxAddresses ? address : Others;
            ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(addresses, name, out var known);
            if (known && now < state.LoggedAt + Each && now >= state.LoggedAt)
            {
                state.LeftOut++;
                return null;
            }

            var leftOut = state.LeftOut;
            state = new State(now, 0);
            return (name, leftOut);
        }
    }

    /// <summary>The addresses whose second is over with some left out. Those with none are forgotten. Asked once a second while there are any.</summary>
    public (IReadOnlyList<(string Address, int LeftOut)> LeftOut, bool AnyLeft) Flush(DateTimeOffset now)
    {
        lock (gate)
        {
            var over = addresses.Where(a => now >= a.Value.LoggedAt + Each || now < a.Value.LoggedAt).ToList();
            foreach (var (address, state) in over)
            {
                if (state.LeftOut > 0)
                {
                    addresses[address] = new State(now, 0);
                }
                else
                {
                    addresses.Remove(address);
                }
            }

            return ([.. over.Where(a => a.Value.LeftOut > 0).Select(a => (a.Key, a.Value.LeftOut))], addresses.Count > 0);
        }
    }

    private record struct State(DateTimeOffset LoggedAt, int LeftOut);
}
