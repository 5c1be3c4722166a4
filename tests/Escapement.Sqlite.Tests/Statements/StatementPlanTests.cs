using System.Text.RegularExpressions;
using Escapement.Sqlite.Connections;
using Escapement.Stores.Conformance;
using Microsoft.Data.Sqlite;

namespace Escapement.Sqlite.Tests.Statements;

/// <summary>
/// What SQLite makes of the statements: it understands each, those that are written for PostgreSQL too, and goes by the index that is
/// meant where it might choose another.
/// </summary>
public sealed partial class StatementPlanTests(SqliteFixture fixture) : StoreFacts(fixture), IClassFixture<SqliteFixture>
{
    public static TheoryData<string> Names { get; } =
    [
        .. typeof(SqliteStore).Assembly.GetManifestResourceNames()
            .Select(n => Path.GetFileNameWithoutExtension(n))
            .Except(SqlText.Migrations.Select(m => m.Name))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Statement_OfTheSchema_IsUnderstood(string name) => Assert.NotNull(await ExplainAsync(name));

    [Theory]
    [InlineData("list_install_audit", "USING INDEX audit_by_install (install_id=? AND id>? AND id<?)")]
    [InlineData("list_target_audit", "USING INDEX audit_by_target (target=? AND id>? AND id<?)")]
    [InlineData("list_not_done_audit", "USING INDEX audit_not_done (<expr>=? AND id>? AND id<?)")]
    [InlineData("list_audit", "USING PRIMARY KEY (tenant=? AND id>? AND id<?)")]
    [InlineData("list_all_audit", "USING INDEX audit_by_id (id>? AND id<?)")]
    [InlineData("list_schedule_runs", "USING INDEX runs_occurrence (schedule_id=? AND due_at>? AND due_at<?)")]
    [InlineData("list_last_runs", "USING INDEX runs_occurrence (schedule_id=?)")]
    [InlineData("list_extension_installs", "USING INDEX installs_by_extension (extension_id=? AND tenant>?)")]
    [InlineData("list_runs", "USING INDEX runs_by_tenant (tenant=? AND due_at>? AND (due_at,id)<(?,?))")]
    [InlineData("list_unsuccessful_runs", "USING INDEX runs_unsuccessful (tenant=? AND due_at>? AND (due_at,id)<(?,?))")]
    [InlineData("list_not_run", "USING INDEX runs_not_run (tenant=? AND due_at>? AND (due_at,id)<(?,?))")]
    [InlineData("list_reaching_runs", "USING INDEX runs_ranges (tenant=? AND missed_to>?)")]
    [InlineData("list_all_not_run", "USING INDEX runs_not_run_of_all (due_at>? AND (due_at,id)<(?,?))")]
    [InlineData("list_all_ended_runs", "USING PRIMARY KEY (id>? AND id<?)")]
    [InlineData("list_all_unsuccessful_runs", "USING INDEX runs_unsuccessful_of_all (id>? AND id<?)")]
    [InlineData("list_all_held", "USING INDEX schedules_held")]
    [InlineData("list_made_up", "USING INDEX runs_making_up (tenant=? AND due_at>?)")]
    [InlineData("list_repeats", "USING INDEX runs_repeats (schedule_id=? AND <expr>=?)")]
    [InlineData("sum_backfill", "USING INDEX runs_repeats (schedule_id=?)")]
    [InlineData("find_last_backfill", "USING INDEX runs_repeats (schedule_id=?)")]
    [InlineData("audit_backfill", "USING INDEX runs_repeats (schedule_id=?)")]
    [InlineData("find_all_id", "SEARCH r USING PRIMARY KEY (id=?)")]
    [InlineData("find_all_id", "SEARCH s USING PRIMARY KEY (id=?)")]
    [InlineData("list_started", "USING INDEX runs_by_tenant (tenant=? AND due_at>?)")]
    [InlineData("list_all_started", "SEARCH a USING PRIMARY KEY (id>?)")]
    [InlineData("count_waiting", "USING INDEX runs_queued_by_tenant (tenant=? AND available_at>?)")]
    [InlineData("count_waiting", "USING COVERING INDEX schedules_due_by_tenant (tenant=? AND next_start_at<?)")]
    [InlineData("count_all_waiting", "runs_queued")]
    [InlineData("count_schedules", "USING COVERING INDEX schedules_name (install_id=?)")]
    [InlineData("sum_kept_bytes", "USING COVERING INDEX versions_kept (published_by=?)")]
    [InlineData("count_waiting_versions", "USING COVERING INDEX versions_waiting (published_by=? AND withdrawn_at=?)")]
    [InlineData("forget_compilations", "USING COVERING INDEX versions_by_component (component_sha256=? AND withdrawn_at=?)")]
    [InlineData("trim_audit_values", "USING COVERING INDEX audit_values_last (bucket=? AND install_id=? AND by_extension=?)")]
    [InlineData("delete_expired_audit_values", "USING INDEX audit_values_kept (bucket=? AND kept_at<?)")]
    public async Task Statement_TwoIndexesWouldDo_GoesByTheOneThatIsMeant(string name, string expected) =>
        Assert.Contains(expected, await ExplainAsync(name), StringComparison.Ordinal);

    private async Task<string> ExplainAsync(string name)
    {
        var text = SqlText.Of(name);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(fixture.Folder, "escapement.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
        foreach (var parameter in Parameter().Matches(text).Select(m => m.Value).Distinct())
        {
            command.Parameters.AddWithValue(parameter, DBNull.Value);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex("(?<!:):[a-z][a-z_0-9]*")]
    private static partial Regex Parameter();
}
