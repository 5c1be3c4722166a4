using System.Globalization;
using Npgsql;

namespace Escapement.PostgreSql.Tests;

/// <summary>Where the tests' PostgreSQL is: a server that <c>./test</c> started, or one that a developer names.</summary>
internal static class TestDatabase
{
    private const string Variable = "ESCAPEMENT_TEST_POSTGRES";

    private static int made;

    /// <summary>The server's connection string.</summary>
    public static string ConnectionString { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? given
        : throw new InvalidOperationException(
            $"These tests need a PostgreSQL, 15 or later. Run ./test, which starts one, or set {Variable} to a connection string of a user who may " +
            "create schemas; scripts/postgres start prints one.");

    /// <summary>Options for a schema that nobody else uses.</summary>
    public static PostgreSqlStoreOptions NewOptions() => new()
    {
        ConnectionString = ConnectionString,
        Schema = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref made)}"),
    };

    /// <summary>Runs a script beside the store, in its schema.</summary>
    public static async Task RunAsync(PostgreSqlStoreOptions options, string script)
    {
        await using var connection = await OpenAsync(options);

        // Dropping a database waits for a checkpoint, which on a busy machine takes longer than the usual half a minute.
        await using var command = new NpgsqlCommand(script, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads one value beside the store, in its schema.</summary>
    public static async Task<T> ReadAsync<T>(PostgreSqlStoreOptions options, string question)
    {
        await using var connection = await OpenAsync(options);
        await using var command = new NpgsqlCommand(question, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A connection beside the store, in its schema.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(PostgreSqlStoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString) { SearchPath = options.Schema, Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Takes the schema away with everything in it.</summary>
    public static Task DropAsync(PostgreSqlStoreOptions options) =>
        RunAsync(options, $"SET client_min_messages = warning; DROP SCHEMA IF EXISTS {options.Schema} CASCADE");
}
