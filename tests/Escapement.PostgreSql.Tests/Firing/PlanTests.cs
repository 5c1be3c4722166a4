using Escapement.PostgreSql.Connections;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Firing;

/// <summary>
/// How PostgreSQL means to carry out statements of the hot path while their tables are empty: that is when a connection makes its
/// plans, and it keeps them when the tables have grown.
/// </summary>
public sealed class PlanTests : IAsyncLifetime
{
    private readonly PostgreSqlStoreOptions options = TestDatabase.NewOptions();

    public async ValueTask InitializeAsync()
    {
        await (await PostgreSqlStore.OpenAsync(options, TimeProvider.System)).DisposeAsync();
        await TestDatabase.RunAsync(options, "ANALYZE schedules, queued_runs, running_runs, runs");
    }

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(options);

    [Theory]
    [InlineData("complete_run", "running_runs_pkey on running_runs", "Index Cond: ((bucket = $2) AND (schedule_id = ANY ($3)))")]
    [InlineData("complete_run", "Full Join")]
    [InlineData("complete_take", "running_runs_pkey on running_runs", "Index Cond: ((bucket = $1) AND (schedule_id = ANY ($2)))")]
    [InlineData("extend_lease", "running_runs_pkey on running_runs r", "schedule_id = ANY")]
    [InlineData("claim_running", "running_runs_pkey on running_runs")]
    [InlineData("claim_queued_open", "queued_runs_pkey on queued_runs r", "schedule_id = ANY")]
    [InlineData("claim_queued_select", "queued_runs_by_tenant on queued_runs r")]
    [InlineData("claim_due_known", "(schedule_id = v.schedule_id) AND (due_at = v.due_at)")]
    [InlineData("claim_due_advance", "schedules_pkey on schedules s", "(id = v.id)")]
    [InlineData("complete_schedule", "schedules_pkey on schedules s", "(id = v.id)")]
    [InlineData("list_runs", "Merge Append", "Index Scan Backward using runs_other_bucket_tenant_due_at_id_idx on runs_other")]
    [InlineData("list_schedule_runs", "Merge Append", "Index Scan Backward using runs_other_bucket_schedule_id_due_at_trigger_kind_key on runs_other")]
    [InlineData("get_run", "runs_other_pkey on runs_other")]
    public async Task Statement_TablesAreEmpty_GoesByItsIndexAlready(string statement, params string[] expected)
    {
        var plan = await ExplainAsync(SqlText.Of(statement));

        Assert.All(expected, e => Assert.Contains(e, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync(SqlText sql)
    {
        await using var pool = new Pool(options);
        await using var connection = await pool.OpenAsync(TestContext.Current.CancellationToken);
        await using var prepare = new NpgsqlCommand($"PREPARE planned AS {sql.Text}", connection);
        await prepare.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE planned ({string.Join(", ", sql.Parameters.Select(_ => "NULL"))})", connection);
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
