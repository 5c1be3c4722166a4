namespace Escapement.Calls;

/// <summary>Gateway calls that are kept, the last few of each install.</summary>
internal interface ICallStore
{
    /// <summary>Adds a call, and removes what is older than the install's last <paramref name="most"/>.</summary>
    ValueTask KeepAsync(KeptCall call, int most, CancellationToken cancellationToken = default);

    /// <summary>One call, or null when this install has none of that id.</summary>
    ValueTask<KeptCall?> GetAsync(InstallScope scope, Guid id, CancellationToken cancellationToken = default);

    /// <summary>An install's calls, newest first.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="before">Only calls whose id sorts before this one; null from the newest.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<KeptCall>> ListAsync(InstallScope scope, Guid? before, int limit, CancellationToken cancellationToken = default);
}
