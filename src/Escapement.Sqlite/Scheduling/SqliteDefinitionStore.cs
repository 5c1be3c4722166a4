using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <inheritdoc/>
internal sealed class SqliteDefinitionStore(ReadPool reader) : IDefinitionStore
{
    public ValueTask<IReadOnlyList<ScheduleDefinition>> ListBeforeAsync(
        InstallScope scope, ScheduleId schedule, int before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ScheduleDefinition>>(
            db => db.Sql("list_definitions")
                .Set("schedule", schedule.Value)
                .Set("install", scope.Install.Value)
                .Set("tenant", scope.Tenant.Value)
                .Set("before", (long)before)
                .Set("limit", (long)limit)
                .List(StoredDefinition.Read),
            cancellationToken);
}
