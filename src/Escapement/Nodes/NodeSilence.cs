using Escapement.Time;

namespace Escapement.Nodes;

/// <summary>How long a node may give no sign of life before it counts as gone, and the time without any as an outage.</summary>
/// <param name="Limit">How long, by the host's clock.</param>
internal sealed record NodeSilence(TimeSpan Limit)
{
    /// <summary>How long it is: half a minute, three signs of life.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <summary><see cref="Usual"/> in real time, by a clock: a busy machine is silent for as long on one that runs faster.</summary>
    public static NodeSilence On(TimeProvider time) => new(time.FromReal(Usual));
}
