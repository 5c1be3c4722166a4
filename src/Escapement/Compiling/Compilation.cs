namespace Escapement.Compiling;

/// <summary>How far the compilation of a version's component is, on the engine of the node that was asked.</summary>
/// <param name="State">How far.</param>
/// <param name="Reason">For its author: why the component was refused; null otherwise.</param>
/// <param name="StartedAt">When the compilation began last; null before the first time.</param>
/// <param name="FinishedAt">When it ended, in real time since it began, however fast the clock runs; null until then.</param>
/// <param name="TriedAgainAt">When a component that was refused is tried again, because the refusal may be no fault of its own; null for never.</param>
public sealed record Compilation(
    CompilationState State,
    string? Reason = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null,
    DateTimeOffset? TriedAgainAt = null)
{
    /// <summary>
    /// Whether the node that was asked has the code of a compiled version. Where it has not, it takes it from the store or compiles it again as soon as
    /// it is needed.
    /// </summary>
    public bool IsHere { get; init; }

    /// <summary>Whether runs on the node that was asked would have to wait for the code.</summary>
    internal bool RunsWait => State < CompilationState.Compiled || (State == CompilationState.Compiled && !IsHere);

    /// <summary>Nobody has begun.</summary>
    public static Compilation Pending { get; } = new(CompilationState.Pending);

    /// <summary>Compiled, with nothing known of when.</summary>
    public static Compilation Done { get; } = new(CompilationState.Compiled) { IsHere = true };

    /// <summary>How long it took, in real time as far as clocks agree; null until it ended.</summary>
    public TimeSpan? Took => FinishedAt - StartedAt;
}

/// <summary>The states of a compilation. The numbers are stored.</summary>
public enum CompilationState
{
    /// <summary>It waits for its turn.</summary>
    Pending = 0,

    /// <summary>A node compiles it.</summary>
    Compiling = 1,

    /// <summary>It can run.</summary>
    Compiled = 2,

    /// <summary>It cannot run, and is not tried again on this engine, unless <see cref="Compilation.TriedAgainAt"/> says when.</summary>
    Refused = 3,
}
