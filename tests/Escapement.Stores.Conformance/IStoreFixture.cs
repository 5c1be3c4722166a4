using Escapement.Storage;

namespace Escapement.Stores.Conformance;

/// <summary>What a store supplies to be held against the facts: itself, and a way to be empty again.</summary>
public interface IStoreFixture : IAsyncLifetime
{
    /// <summary>The store, open; there is one after the first reset.</summary>
    internal IStore Store { get; }

    /// <summary>Called before each fact: afterwards the store is open and holds nothing.</summary>
    ValueTask ResetAsync();
}

/// <summary>A store whose database can be made to break off.</summary>
public interface IFusedStoreFixture : IStoreFixture
{
    /// <summary>
    /// Has the database break off every transaction that writes more than so many rows, as a crash at that row would; null to have it write as
    /// ever.
    /// </summary>
    ValueTask FailAfterAsync(int? rows);
}
