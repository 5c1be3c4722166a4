using Escapement.Access;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Connections;

/// <summary>
/// A start on a schema that is up to date, with a token in it, changes nothing. On a distributed database it could not while one machine
/// is away, even where there is nothing to change.
/// </summary>
public sealed class StartTests : IAsyncLifetime
{
    private readonly PostgreSqlStoreOptions options = TestDatabase.NewOptions();

    public async ValueTask InitializeAsync()
    {
        await using var store = await PostgreSqlStore.OpenAsync(options, TimeProvider.System);
        Assert.True(await store.Tokens.AddFirstAsync(NewToken()));
    }

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(options);

    [Fact]
    public async Task Open_SchemaIsUpToDateAndHasAToken_WritesNothing()
    {
        await using var store = await PostgreSqlStore.OpenAsync(ThatMayNotWrite(), TimeProvider.System);

        Assert.False(await store.Tokens.AddFirstAsync(NewToken()));
    }

    private static ApiToken NewToken() => new()
    {
        Id = Guid.NewGuid(),
        Bearer = new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, "first"),
        Sha256 = Guid.NewGuid().ToByteArray(),
        MadeBy = "test",
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    private PostgreSqlStoreOptions ThatMayNotWrite()
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on".Trim();
        return options with { ConnectionString = settings.ConnectionString };
    }
}
