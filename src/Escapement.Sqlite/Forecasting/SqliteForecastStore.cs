using Escapement.Forecasting;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Forecasting;

/// <inheritdoc/>
internal sealed class SqliteForecastStore(ReadPool reader) : IForecastStore
{
    public async ValueTask ReadAsync(
        TenantId? tenant, InstallId? install, Action<PlannedSchedule> take, CancellationToken cancellationToken) => await reader.ReadAsync(
        db =>
        {
            using var rows = db.Sql("read_planned").Set("tenant", tenant?.Value ?? "").Set("install", install?.Value).Open();
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                take(StoredPlan.Read(rows));
            }

            return true;
        },
        cancellationToken);
}
