namespace Escapement.Access;

/// <summary>API tokens, kept as hashes only.</summary>
internal interface ITokenStore
{
    /// <summary>Adds the token if there is none at all; false when there is one. Two nodes that start at once add one.</summary>
    ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken = default);

    /// <summary>The token with this hash, or null.</summary>
    ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default);
}

/// <summary>A token that lets its bearer use the HTTP API.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What audit entries call its bearer.</param>
/// <param name="Sha256">The hash of its secret.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record ApiToken(Guid Id, string Name, ReadOnlyMemory<byte> Sha256, DateTimeOffset CreatedAt);
