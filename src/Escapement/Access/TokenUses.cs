using Escapement.Noting;
using Microsoft.Extensions.Logging;

namespace Escapement.Access;

/// <summary>When tokens are used.</summary>
internal sealed class TokenUses(ITokenStore store, TimeProvider time, ILogger<TokenUses> logger)
    : UseNotes<Guid>(store.NoteUsesAsync, "tokens", time, logger);

/// <summary>When sessions are used.</summary>
internal sealed class SessionUses(ISessionStore store, TimeProvider time, ILogger<SessionUses> logger)
    : UseNotes<Guid>(store.NoteUsesAsync, "sessions", time, logger);
