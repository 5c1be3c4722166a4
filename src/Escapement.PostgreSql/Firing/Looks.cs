using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;

namespace Escapement.PostgreSql.Firing;

/// <summary>The reads that go over all buckets. On a distributed schema each has a second file, which can leave some out.</summary>
internal sealed class Looks(Pool pool, Machines machines)
{
    /// <summary>All rows of a look's answer.</summary>
    /// <param name="statement">Its file; on a distributed schema the one whose name ends in <c>_there</c>.</param>
    /// <param name="set">Sets its values.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(
        string statement, Func<BatchStatement, BatchStatement> set, Func<Rows, T> read, CancellationToken cancellationToken) => machines.LookAsync(
        (buckets, ct) => pool.ListAsync(
            set(pool.IsDistributed ? BatchStatement.Of($"{statement}_there").Set("buckets", buckets) : BatchStatement.Of(statement)), read, ct),
        cancellationToken);
}
