using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Repeats;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Repeats;

/// <inheritdoc/>
internal sealed class PostgreSqlAnswerStore(Pool pool) : IAnswerStore
{
    public ValueTask<KeptAnswer?> FindAsync(RepeatableRequest request, DateTimeOffset from, CancellationToken cancellationToken) => pool.FirstAsync(
        StoredAnswer.Ask(BatchStatement.Of("find_answer"), request, from).Set("bucket", Bucket.Of(request.Tenant)),
        rows => StoredAnswer.Read(rows, request),
        cancellationToken);
}
