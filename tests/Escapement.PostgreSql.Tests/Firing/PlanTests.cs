using Escapement.PostgreSql.Connections;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Firing;

/// <summary>
/// How PostgreSQL means to carry out statements while their tables are new: that is when a connection makes its plans, and it keeps
/// them until the tables have been analyzed. Those that are asked about here would hurt until then.
/// </summary>
public sealed class PlanTests(NewSchema schema) : IClassFixture<NewSchema>
{
    // What the parameters are that the statement itself does not tell.
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["ids"] = "uuid[]",
        ["tenants"] = "text[]",
        ["each"] = "integer[]",
        ["states"] = "integer[]",
        ["reasons"] = "integer[]",
        ["started"] = "timestamptz[]",
        ["finished"] = "timestamptz[]",
        ["status_codes"] = "integer[]",
        ["errors"] = "text[]",
        ["evidences"] = "text[]",
        ["versions"] = "uuid[]",
        ["install"] = "uuid",
        ["version"] = "uuid",
        ["schedule"] = "uuid",
        ["state"] = "integer",
        ["buckets"] = "smallint[]",
        ["schedules"] = "uuid[]",
    };

    private readonly PostgreSqlStoreOptions options = schema.Options;

    [Theory]
    [InlineData("record_run", "running_runs_pkey on running_runs", "Index Cond: ((bucket = $1) AND (schedule_id = ANY ($2)))", "Full Join")]
    [InlineData("record_take", "running_runs_pkey on running_runs", "Index Cond: ((bucket = $1) AND (schedule_id = ANY ($2)))")]
    [InlineData("extend_lease", "running_runs_pkey on running_runs r", "schedule_id = ANY")]
    [InlineData("claim_queued_select", "queued_runs_by_tenant on queued_runs r", "(tenant = t.tenant) AND (available_at <=")]
    [InlineData("extend_lease_wait", "running_runs_pkey on running_runs r", "schedule_id = ANY")]
    [InlineData("claim_buckets", "schedules_due on schedules s", "queued_runs_available on queued_runs r")]
    [InlineData("claim_buckets_there", "schedules_due on schedules s", "queued_runs_available on queued_runs r")]
    [InlineData("peek_there", "schedules_due on schedules s", "queued_runs_available on queued_runs r")]
    [InlineData("claim_queued_tenants", "queued_runs_by_tenant on queued_runs r")]
    [InlineData("claim_due_tenants", "schedules_due_by_tenant on schedules s")]
    [InlineData("list_schedules_next", "schedules_due_by_tenant on schedules s")]
    [InlineData("list_started", "Index Scan Backward using runs_other_bucket_tenant_due_at_id_idx on runs_other")]
    [InlineData("list_all_started", "runs_other_pkey on runs_other")]
    [InlineData("count_waiting", "schedules_due_by_tenant on schedules", "queued_runs_by_tenant on queued_runs")]
    [InlineData("count_all_waiting", "schedules_due on schedules", "queued_runs_available on queued_runs")]
    [InlineData("find_all_id", "on runs_other runs", "Index Cond: ((bucket = b.bucket) AND (id = $1))", "installs_pkey on installs i")]
    [InlineData("list_runs", "Merge Append", "Index Scan Backward using runs_other_bucket_tenant_due_at_id_idx on runs_other")]
    [InlineData("list_last_runs", "runs_other_bucket_schedule_id_due_at_trigger_kind")]
    [InlineData("list_extension_installs", "installs_by_extension on installs")]
    [InlineData("list_rows_before", "Merge Append", "Index Scan Backward using runs_other_bucket_schedule_id_due_at_trigger_kind")]
    [InlineData("list_rows_behind", "Merge Append", "Index Scan using runs_other_bucket_schedule_id_due_at_trigger_kind")]
    [InlineData("list_started_runs", "Merge Append", "Index Scan Backward using runs_other_bucket_schedule_id_due_at_trigger_kind")]
    [InlineData("list_repeats", "runs_other_bucket_schedule_id_substr_due_at_idx on runs_other")]
    [InlineData("list_not_run", "Index Scan Backward using runs_other_bucket_tenant_due_at_id_idx2 on runs_other")]
    [InlineData("list_reaching_runs", "Index Scan using runs_other_bucket_tenant_missed_to_idx on runs_other")]
    [InlineData("list_made_up", "Index Scan Backward using runs_other_bucket_tenant_due_at_idx on runs_other")]
    [InlineData("count_held_of_tenant", "schedules_held on schedules")]
    [InlineData("list_definitions_before", "schedule_definitions_pkey on schedule_definitions")]
    [InlineData("list_definitions_behind", "schedule_definitions_pkey on schedule_definitions")]
    [InlineData("list_marks", "audit_other_bucket_tenant_coalesce_at_idx on audit_other")]
    [InlineData("list_audit", "Index Scan Backward using audit_other_pkey on audit_other")]
    [InlineData("list_install_audit", "Index Scan Backward using audit_other_bucket_install_id_id_idx on audit_other")]
    [InlineData("list_target_audit", "Index Scan Backward using audit_other_bucket_target_id_idx on audit_other")]
    [InlineData("list_not_done_audit", "Index Scan Backward using audit_other_bucket_expr_id_idx on audit_other")]
    [InlineData("list_all_audit", "Index Scan Backward using audit_other_bucket_id_idx on audit_other")]
    [InlineData("list_all_ended_runs", "Index Scan Backward using runs_other_pkey on runs_other")]
    [InlineData("list_all_ended_runs_end", "Index Only Scan Backward using runs_other_pkey on runs_other")]
    [InlineData("list_all_unsuccessful_runs", "Index Scan Backward using runs_other_bucket_id_idx on runs_other")]
    [InlineData("list_all_not_run", "Index Scan Backward using runs_other_bucket_due_at_id_idx on runs_other")]
    [InlineData("list_all_held", "schedules_held on schedules")]
    [InlineData("count_all_held", "Index Scan on schedules_held")]
    [InlineData("list_held_of_tenant", "schedules_held on schedules")]
    [InlineData("sum_kept_bytes", "Index Only Scan using versions_kept on versions")]
    [InlineData("count_waiting_versions", "Index Only Scan using versions_waiting on versions v", "Index Scan on compilations_pkey")]
    [InlineData("trim_audit_values", "Index Only Scan Backward using audit_values_last on audit_values")]
    [InlineData("list_unsuccessful_runs", "Index Scan Backward using runs_other_bucket_tenant_due_at_id_idx1 on runs_other")]
    public async Task Statement_TablesAreNew_GoesByItsIndexAlready(string statement, params string[] expected)
    {
        var plan = await ExplainAsync(SqlText.Of(statement));

        Assert.All(expected, e => Assert.True(plan.Contains(e, StringComparison.Ordinal), $"{e} is not in\n{plan}"));
        Assert.DoesNotContain("Seq Scan", plan.Replace("Seq Scan on buckets", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("hashed", plan, StringComparison.Ordinal);
    }

    /// <summary>By the bucket in each of them Citus finds the shard; of a table that is left out it knows none, and asks all.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ListRuns_StateIsGivenAsALiteral_ReadsEveryTable(int state)
    {
        await using var pool = new Pool(options);
        await using var connection = await pool.OpenAsync(TestContext.Current.CancellationToken);

        var plan = await ExplainAsync(connection, $"SELECT id, due_at FROM all_runs WHERE bucket = 5::smallint AND tenant = 'acme' AND state = {state}");

        string[] expected = ["on running_runs", "on queued_runs", "on runs_other"];
        Assert.All(expected, table => Assert.Contains(table, plan, StringComparison.Ordinal));
    }

    private async Task<string> ExplainAsync(SqlText sql)
    {
        await using var pool = new Pool(options);
        await using var connection = await pool.OpenAsync(TestContext.Current.CancellationToken);
        var types = InBrackets(sql.Parameters.Select(p => Types.GetValueOrDefault(p, "unknown")));
        await using var prepare = new NpgsqlCommand($"PREPARE planned {types} AS {sql.Text}", connection);
        await prepare.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        // Tables that a time bound leaves out are not in the plan.
        var values = sql.Parameters.Select(p => p switch { "from" or "at" => "'-infinity'", "to" or "up_to" => "'infinity'", _ => "NULL" });
        return await ExplainAsync(connection, $"EXECUTE planned {InBrackets(values)}");
    }

    // None for none.
    private static string InBrackets(IEnumerable<string> some) => string.Join(", ", some) is { Length: > 0 } all ? $"({all})" : "";

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, string statement)
    {
        await using var explain = new NpgsqlCommand($"EXPLAIN {statement}", connection);
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
