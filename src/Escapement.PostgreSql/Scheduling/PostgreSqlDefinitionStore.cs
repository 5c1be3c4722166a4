using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <inheritdoc/>
internal sealed class PostgreSqlDefinitionStore(Pool pool) : IDefinitionStore
{
    public ValueTask<IReadOnlyList<ScheduleDefinition>> ListBeforeAsync(
        InstallScope scope, ScheduleId schedule, int before, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(
            BatchStatement.Of("list_definitions")
                .Set("bucket", Bucket.Of(scope.Tenant))
                .Set("schedule", schedule.Value)
                .Set("install", scope.Install.Value)
                .Set("tenant", scope.Tenant.Value)
                .Set("before", before)
                .Set("limit", (long)limit),
            StoredDefinition.Read,
            cancellationToken);
}
