namespace Escapement.Compiling;

/// <summary>
/// Compiled code in the store, for nodes that did not compile it themselves. What is kept is sealed by whoever made it; the store does not look
/// into it.
/// </summary>
internal interface ICompiledCodeStore
{
    /// <summary>Keeps code in the place of what there is, and drops what other engines have left of old.</summary>
    /// <param name="component">SHA-256 of the component.</param>
    /// <param name="engine">The engine that it was compiled for.</param>
    /// <param name="code">What to keep.</param>
    /// <param name="now">When it is kept.</param>
    /// <param name="dropBefore">What other engines have kept before this instant goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask SaveAsync(
        string component,
        string engine,
        ReadOnlyMemory<byte> code,
        DateTimeOffset now,
        DateTimeOffset dropBefore,
        CancellationToken cancellationToken = default);

    /// <summary>Writes what is kept into a stream that was empty, piece by piece; false when there is nothing.</summary>
    ValueTask<bool> LoadAsync(string component, string engine, Stream into, CancellationToken cancellationToken = default);

    /// <summary>Drops what is kept; a version that it does not fit is compiled again.</summary>
    ValueTask RemoveAsync(string component, string engine, CancellationToken cancellationToken = default);
}
