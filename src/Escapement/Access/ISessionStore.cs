namespace Escapement.Access;

/// <summary>Sessions of browsers, kept as hashes only.</summary>
internal interface ISessionStore
{
    /// <summary>Adds a session, and takes away those that began before an instant.</summary>
    ValueTask AddAsync(ConsoleSession session, DateTimeOffset removeBefore, CancellationToken cancellationToken = default);

    /// <summary>The session with this hash, or null.</summary>
    ValueTask<ConsoleSession?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default);

    /// <summary>Notes when sessions were last used; an earlier instant than the one that is there changes nothing.</summary>
    ValueTask NoteUsesAsync(IReadOnlyList<TokenUse> uses, CancellationToken cancellationToken = default);

    /// <summary>Ends a session; one that is not there is ended.</summary>
    ValueTask EndAsync(Guid id, CancellationToken cancellationToken = default);
}
