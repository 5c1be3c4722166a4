namespace Escapement.Compiling;

/// <summary>
/// How far each component is on each engine, so that nodes that share the store compile it once. The engine is a text that differs
/// whenever compiled code is not interchangeable.
/// </summary>
internal interface ICompilationStore
{
    /// <summary>One component; null when nobody has begun with it on this engine.</summary>
    ValueTask<Compilation?> GetAsync(string component, string engine, CancellationToken cancellationToken = default);

    /// <summary>All components that somebody has begun with on this engine, by their SHA-256.</summary>
    ValueTask<IReadOnlyDictionary<string, Compilation>> ListAsync(string engine, CancellationToken cancellationToken = default);

    /// <summary>The published versions that are neither compiled nor refused on this engine, or are to be tried again, in the order of publication.</summary>
    ValueTask<IReadOnlyList<UncompiledVersion>> ListUncompiledAsync(string engine, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Takes a component to compile it. One whose lease ran out is taken over; one that is to be tried again begins anew.</summary>
    ValueTask<CompilationClaim> ClaimAsync(CompilationLease lease, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Holds a component for longer; false when it was lost to another node.</summary>
    ValueTask<bool> ExtendAsync(CompilationLease lease, CancellationToken cancellationToken = default);

    /// <summary>Writes how it ended; false when the component was lost to another node.</summary>
    /// <param name="lease">What it was held by.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<bool> EndAsync(CompilationLease lease, CompilationEnd end, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Gives a component back that was not compiled to an end; this counts as no attempt.</summary>
    ValueTask ReleaseAsync(CompilationLease lease, CancellationToken cancellationToken = default);

    /// <summary>The installation's key of this name: what was stored first, by whichever node.</summary>
    /// <param name="name">Which key.</param>
    /// <param name="candidate">What becomes the key if there is none.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<byte[]> GetKeyAsync(string name, ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellationToken = default);
}

/// <summary>A published version that is to be compiled.</summary>
/// <param name="Id">The version.</param>
/// <param name="ExtensionId">Its extension.</param>
/// <param name="Version">Its number.</param>
/// <param name="Component">SHA-256 of its component.</param>
/// <param name="ComponentBytes">How large that is.</param>
/// <param name="PublishedBy">Who published it.</param>
/// <param name="CompiledBefore">Whether another engine has compiled it.</param>
internal sealed record UncompiledVersion(
    VersionId Id, string ExtensionId, string Version, string Component, long ComponentBytes, string PublishedBy, bool CompiledBefore);

/// <summary>How a compilation ended.</summary>
/// <param name="Reason">Why the component was refused; null when it was compiled.</param>
/// <param name="TriedAgainAt">When one that was refused is tried again; null for never.</param>
internal sealed record CompilationEnd(string? Reason = null, DateTimeOffset? TriedAgainAt = null);

/// <summary>By what a node holds a component while it compiles it.</summary>
/// <param name="Component">SHA-256 of the component.</param>
/// <param name="Engine">The engine that it is compiled for.</param>
/// <param name="Token">Differs with each claim.</param>
/// <param name="Until">When another node may take it.</param>
internal sealed record CompilationLease(string Component, string Engine, Guid Token, DateTimeOffset Until);

/// <summary>What came of a claim. Closed.</summary>
internal abstract record CompilationClaim
{
    private CompilationClaim()
    {
    }

    /// <summary>It is this node's.</summary>
    /// <param name="Attempt">From 1; those before were lost with their nodes, since it was tried anew.</param>
    public sealed record Taken(int Attempt) : CompilationClaim;

    /// <summary>Another node compiles it.</summary>
    public sealed record Elsewhere : CompilationClaim;

    /// <summary>It is compiled or refused already.</summary>
    public sealed record Ended(Compilation Compilation) : CompilationClaim;
}
