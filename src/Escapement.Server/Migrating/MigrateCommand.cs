using Escapement.PostgreSql;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Migrations;

namespace Escapement.Server.Migrating;

/// <summary>
/// <c>escapement-server migrate</c>: what a start does first, alone. A distributed schema wants its new tables distributed before a node
/// starts.
/// </summary>
internal static class MigrateCommand
{
    /// <exception cref="StoreUnavailableException">It cannot be done.</exception>
    public static async Task RunAsync(PostgreSqlStoreOptions options, TextWriter output)
    {
        await using var pool = new Pool(options);
        var (from, to) = await new Migrator(pool, options.Schema).RunAsync(CancellationToken.None);
        await output.WriteLineAsync(from == to ? $"Schema {options.Schema} is at {to} already." : $"Schema {options.Schema} brought from {from} to {to}.");
        if (await Distribution.FindLeftBehindAsync(pool, CancellationToken.None) is { Count: > 0 } leftBehind)
        {
            await output.WriteLineAsync(
                $"It is distributed over a Citus cluster, but not all of it: {Distribution.Names(leftBehind)}. Before a node starts, " +
                $"{Distribution.Remedy(options.Schema)}.");
        }
    }
}
