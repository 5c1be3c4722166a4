using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <inheritdoc/>
internal sealed class SqliteDefinitionStore(ReadPool reader) : IDefinitionStore
{
    public ValueTask<IReadOnlyList<ScheduleDefinition>> ListAsync(
        InstallScope scope, ScheduleId schedule, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ScheduleDefinition>>(
            db => db.Sql("list_definitions")
                .Set("schedule", schedule.Value)
                .Set("install", scope.Install.Value)
                .Set("tenant", scope.Tenant.Value)
                .Set("limit", (long)limit)
                .List(StoredDefinition.Read),
            cancellationToken);
}
