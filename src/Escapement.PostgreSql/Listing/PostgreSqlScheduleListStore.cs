using Escapement.Extensions;
using Escapement.Listing;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Listing;

/// <inheritdoc/>
internal sealed class PostgreSqlScheduleListStore(Pool pool) : IScheduleListStore
{
    public ValueTask<IReadOnlyList<ListedSchedule>> WalkAsync(
        TenantId? tenant, ScheduleWalk walk, SchedulePlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        StoredListedSchedule.WritePlace(
            Of(StoredListedSchedule.NameOf(walk, tenant is null), tenant), walk, tenant is null, after),
        limit,
        cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindFailingAsync(TenantId? tenant, int limit, CancellationToken cancellationToken) =>
        ListAsync(Of(tenant is null ? "find_all_schedules_failing" : "find_schedules_failing", tenant), limit, cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindPausedAsync(TenantId? tenant, int limit, CancellationToken cancellationToken) =>
        ListAsync(Of(tenant is null ? "find_all_schedules_paused" : "find_schedules_paused", tenant), limit, cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindOfInstallAsync(InstallScope scope, int limit, CancellationToken cancellationToken) =>
        ListAsync(Of("find_schedules_install", scope.Tenant).Set("install", scope.Install.Value), limit, cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindAsync(
        TenantId tenant, IReadOnlyCollection<ScheduleId> ids, CancellationToken cancellationToken) =>
        pool.ListAsync(Of("find_schedules_ids", tenant).Set("ids", ids.Select(i => i.Value)), StoredListedSchedule.Read, cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindByEndpointAsync(
        TenantId? tenant, EndpointKey endpoint, int limit, CancellationToken cancellationToken) => ListAsync(
        Of(tenant is null ? "find_all_schedules_endpoint" : "find_schedules_endpoint", tenant).Set("endpoint", endpoint.ToString()),
        limit,
        cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindOfExtensionAsync(
        TenantId tenant, string extension, int limit, CancellationToken cancellationToken) =>
        ListAsync(Of("find_schedules_extension", tenant).Set("extension", extension), limit, cancellationToken);

    public ValueTask<FoundId?> FindIdAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) =>
        pool.FirstAsync(Of(tenant is null ? "find_all_id" : "find_id", tenant).Set("id", id), StoredListedSchedule.ReadId, cancellationToken);

    public ValueTask<IReadOnlyList<ScheduleTimes>> TimesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        pool.ListAsync(Of("list_schedule_times", tenant), StoredListedSchedule.ReadTimes, cancellationToken);

    // A tenant with half of all schedules and one with ten want another index.
    public ValueTask<IReadOnlyList<ListedSchedule>> FindByTextAsync(TenantId? tenant, string text, int limit, CancellationToken cancellationToken)
    {
        var statement = Of(tenant is null ? "find_all_schedules_text" : "find_schedules_text", tenant).Set("pattern", Pattern(text)).Set("limit", (long)limit);
        return pool.ListAsync(s => s.Begin().PlanByValue().Add(statement).Commit(), StoredListedSchedule.Read, cancellationToken);
    }

    private ValueTask<IReadOnlyList<ListedSchedule>> ListAsync(BatchStatement statement, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(statement.Set("limit", (long)limit), StoredListedSchedule.Read, cancellationToken);

    private static BatchStatement Of(string name, TenantId? tenant)
    {
        var statement = BatchStatement.Of(name);
        return tenant is { } one ? statement.Set("bucket", Bucket.Of(one)).Set("tenant", one.Value) : statement;
    }

    // Whatever it holds is looked for as it stands.
    private static string Pattern(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
