namespace Escapement.PostgreSql.Tests;

/// <summary>The schema as a store makes it, with nothing stored in it, for facts that only look at it.</summary>
public sealed class NewSchema : IAsyncLifetime
{
    public PostgreSqlStoreOptions Options { get; } = TestDatabase.NewOptions();

    public async ValueTask InitializeAsync() => await (await PostgreSqlStore.OpenAsync(Options, TimeProvider.System)).DisposeAsync();

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(Options);
}
