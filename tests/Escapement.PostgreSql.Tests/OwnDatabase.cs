using Npgsql;

namespace Escapement.PostgreSql.Tests;

/// <summary>
/// A database of its own on the tests' server: without Citus, whatever the server's own databases have, and with settings of the user that
/// hold nowhere else.
/// </summary>
public sealed class OwnDatabase : IAsyncLifetime
{
    private static readonly PostgreSqlStoreOptions Server = new() { ConnectionString = TestDatabase.ConnectionString, Schema = "public" };

    private readonly string name = TestDatabase.NewOptions().Schema;

    /// <summary>Options for a schema in it that nobody else uses.</summary>
    public PostgreSqlStoreOptions NewOptions() => TestDatabase.NewOptions() with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(TestDatabase.ConnectionString) { Database = name }.ConnectionString,
    };

    public async ValueTask InitializeAsync() => await TestDatabase.RunAsync(Server, $"CREATE DATABASE {name} TEMPLATE template0");

    public async ValueTask DisposeAsync() => await TestDatabase.RunAsync(Server, $"DROP DATABASE {name} WITH (FORCE)");
}
