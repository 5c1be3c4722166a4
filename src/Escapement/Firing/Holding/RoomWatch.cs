using Escapement.Waking;

namespace Escapement.Firing.Holding;

/// <summary>
/// Says when recorded runs made room. A claim that passed due schedules over, because their install or tenant has as many runs as it may,
/// waits for that and not for a due time.
/// </summary>
internal sealed class RoomWatch(WakeSignal wake)
{
    private long made;
    private volatile bool wanted;

    /// <summary>How many runs have been recorded.</summary>
    public long Made => Interlocked.Read(ref made);

    /// <summary>Whether the next recorded run is to wake the engine.</summary>
    public bool Wanted
    {
        set => wanted = value;
    }

    public void Make(int runs)
    {
        Interlocked.Add(ref made, runs);
        if (wanted)
        {
            wake.Raise(DateTimeOffset.MinValue);
        }
    }
}
