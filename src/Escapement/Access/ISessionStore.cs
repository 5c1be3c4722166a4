using Escapement.Audit;
using Escapement.Noting;

namespace Escapement.Access;

/// <summary>Sessions of browsers, and codes that begin one, kept as hashes only.</summary>
internal interface ISessionStore
{
    /// <summary>Adds a session, with its audit entries, and takes away those that began before an instant, and the token's before its last ones.</summary>
    ValueTask AddAsync(
        ConsoleSession session, DateTimeOffset removeBefore, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken = default);

    /// <summary>The session with this hash, or null.</summary>
    ValueTask<ConsoleSession?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default);

    /// <summary>The session of this id, or null.</summary>
    ValueTask<ConsoleSession?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Sessions, the latest begun first: those whose ids sort before this one, at most so many. Those that are over are among them.</summary>
    ValueTask<IReadOnlyList<ConsoleSession>> ListAsync(Guid before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Notes when sessions were last used; an earlier instant than the one that is there changes nothing.</summary>
    ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken = default);

    /// <summary>Adds a code, with its audit entries, and takes away those that have expired by an instant, and the token's before its last ones.</summary>
    ValueTask AddCodeAsync(SignInCode code, DateTimeOffset now, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Uses up the code with this hash, expired or not: of those who ask for it, on whatever node, one gets it, and the others null.
    /// </summary>
    ValueTask<SignInCode?> TakeCodeAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default);

    /// <summary>Ends a session, with its audit entries; one that is not there is ended, and leaves none.</summary>
    ValueTask EndAsync(Guid id, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken = default);
}
