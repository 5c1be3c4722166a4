using Escapement.Wasm.Confinement;

namespace Escapement.Wasm.Workers;

/// <summary>What one compilation may take.</summary>
internal sealed record CompileLimits
{
    /// <summary>
    /// Processor time. What takes more is refused for good, so it is not told by the clock: a component fares the same whatever else the machine
    /// does. A StarlingMonkey component takes some twenty seconds.
    /// </summary>
    public TimeSpan ProcessorTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Processor time after which a component counts as one that takes long. One of 2 MiB with QuickJS in it takes an eighth of a StarlingMonkey one's twenty
    /// seconds, and small ones have less than half its size.
    /// </summary>
    public TimeSpan UsualProcessorTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may last, however little processor time it gets. It is tried again then.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Memory of the process's own.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>All kinds of memory that the process takes, where the system lets the host bound them.</summary>
    public long Group { get; init; } = MemoryCgroup.LimitAbove(1L << 30);

    /// <summary>The component.</summary>
    public int ComponentBytes { get; init; } = 64 << 20;

    /// <summary>Its native code.</summary>
    public int CodeBytes { get; init; } = 256 << 20;
}
