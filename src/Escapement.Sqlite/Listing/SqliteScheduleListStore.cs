using Escapement.Extensions;
using Escapement.Listing;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Listing;

/// <inheritdoc/>
internal sealed class SqliteScheduleListStore(ReadPool reader) : IScheduleListStore
{
    public ValueTask<IReadOnlyList<ListedSchedule>> WalkAsync(
        TenantId? tenant, ScheduleWalk walk, SchedulePlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        db => StoredListedSchedule.WritePlace(
            Of(db.Sql(StoredListedSchedule.NameOf(walk, tenant is null)), tenant), walk, tenant is null, after),
        limit,
        cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindFailingAsync(TenantId? tenant, int limit, CancellationToken cancellationToken) =>
        ListAsync(db => Of(db.Sql(tenant is null ? "find_all_schedules_failing" : "find_schedules_failing"), tenant), limit, cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindPausedAsync(TenantId? tenant, int limit, CancellationToken cancellationToken) =>
        ListAsync(db => Of(db.Sql(tenant is null ? "find_all_schedules_paused" : "find_schedules_paused"), tenant), limit, cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindOfInstallAsync(InstallScope scope, int limit, CancellationToken cancellationToken) =>
        ListAsync(db => Of(db.Sql("find_schedules_install"), scope.Tenant).Set("install", scope.Install.Value), limit, cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindAsync(
        TenantId tenant, IReadOnlyCollection<ScheduleId> ids, CancellationToken cancellationToken) => reader.ReadAsync<IReadOnlyList<ListedSchedule>>(
        db => [.. ids.SelectMany(id => Of(db.Sql("find_schedules_ids"), tenant).Set("id", id.Value).List(StoredListedSchedule.Read))], cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindByEndpointAsync(
        TenantId? tenant, EndpointKey endpoint, int limit, CancellationToken cancellationToken) => ListAsync(
        db => Of(db.Sql(tenant is null ? "find_all_schedules_endpoint" : "find_schedules_endpoint"), tenant).Set("endpoint", endpoint.ToString()),
        limit,
        cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindOfExtensionAsync(
        TenantId tenant, string extension, int limit, CancellationToken cancellationToken) =>
        ListAsync(db => Of(db.Sql("find_schedules_extension"), tenant).Set("extension", extension), limit, cancellationToken);

    public ValueTask<FoundId?> FindIdAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) => reader.ReadAsync(
        db => Of(db.Sql(tenant is null ? "find_all_id" : "find_id"), tenant).Set("id", id).First(StoredListedSchedule.ReadId), cancellationToken);

    public ValueTask<IReadOnlyList<ScheduleTimes>> TimesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ScheduleTimes>>(db => Of(db.Sql("list_schedule_times"), tenant).List(StoredListedSchedule.ReadTimes), cancellationToken);

    public ValueTask<IReadOnlyList<ListedSchedule>> FindByTextAsync(TenantId? tenant, string text, int limit, CancellationToken cancellationToken)
    {
        var match = $"content : {Quoted(text)}";
        return tenant is { } one
            ? ListAsync(
                db => Of(db.Sql("find_schedules_text"), one).Set("match", $"scope : {Quoted(ScheduleTextRow.ScopeOf(one))} AND {match}"),
                limit,
                cancellationToken)
            : ListAsync(db => db.Sql("find_all_schedules_text").Set("match", match), limit, cancellationToken);
    }

    private ValueTask<IReadOnlyList<ListedSchedule>> ListAsync(Func<Database, Statement> ask, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ListedSchedule>>(db => ask(db).Set("limit", (long)limit).List(StoredListedSchedule.Read), cancellationToken);

    private static Statement Of(Statement statement, TenantId? tenant) => tenant is { } one ? statement.Set("tenant", one.Value) : statement;

    // A string of the search's language: whatever it holds is looked for as it stands.
    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
