namespace Escapement.Storage;

/// <summary>Whether the store can be read and written now; what <c>/readyz</c> asks.</summary>
internal interface IStoreHealth
{
    /// <summary>Tries a read and a write. Never throws for a store that is unwell: the answer says so.</summary>
    ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken = default);
}

/// <summary>How the store is.</summary>
/// <param name="IsHealthy">Whether reads and writes work.</param>
/// <param name="Problem">What is wrong and the remedy; null when nothing is.</param>
/// <param name="Warning">What an operator should put right although the store works, such as a clock that is off; null when nothing is.</param>
internal readonly record struct StoreHealth(bool IsHealthy, string? Problem, string? Warning = null);
