namespace Escapement.Wasm.Workers;

/// <summary>What one compilation may take.</summary>
internal sealed record CompileLimits
{
    /// <summary>How long it may last. A StarlingMonkey component takes some ten seconds of two processors.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory of the process's own.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>The component.</summary>
    public int ComponentBytes { get; init; } = 64 << 20;

    /// <summary>Its native code.</summary>
    public int CodeBytes { get; init; } = 256 << 20;
}
