using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>What every connection of a store is set to, on top of what the operator's connection string says.</summary>
internal static class PoolSettings
{
    /// <summary>How long a transaction may stand still before the server ends it: a stopped node must not hold rows for others.</summary>
    public const int IdleInTransactionMs = 5_000;

    // Every statement is written for one index. With plans made once and no fallback to reading whole tables, a plan that was
    // made while a table was nearly empty stays good when it has grown, and partitions are not planned over at each execution.
    private const string Planner = "-c enable_seqscan=off -c jit=off";

    // Citus learns from the bucket's value which shard to ask, so a plan that is made without values is none.
    private const string PlansOnce = "-c plan_cache_mode=force_generic_plan";
    private const string PlansByValue = "-c plan_cache_mode=auto";

    // For a look over all shards Citus opens some ten more connections to each machine and closes them again: more work than the look.
    private const string OneConnectionAMachine = "-c citus.max_adaptive_executor_pool_size=1";

    /// <param name="options">Where.</param>
    /// <param name="distributed">Whether Citus has distributed the schema.</param>
    public static string Of(PostgreSqlStoreOptions options, bool distributed)
    {
        var settings = Parse(options);
        settings.SearchPath = options.Schema;
        settings.MaxPoolSize = options.MaxConnections;
        settings.MaxAutoPrepare = 256;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true;
        settings.IncludeErrorDetail = false;
        settings.Enlist = false;
        settings.ApplicationName ??= "escapement";
        settings.Timeout = settings.ContainsKey("Timeout") ? settings.Timeout : 5;
        settings.CommandTimeout = settings.ContainsKey("Command Timeout") ? settings.CommandTimeout : 10;
        string?[] all =
        [
            settings.Options, Planner, distributed ? $"{PlansByValue} {OneConnectionAMachine}" : PlansOnce,
            $"-c idle_in_transaction_session_timeout={IdleInTransactionMs}", "-c TimeZone=UTC",
        ];
        settings.Options = string.Join(' ', all.Where(o => !string.IsNullOrEmpty(o)));
        return settings.ConnectionString;
    }

    public static string Describe(PostgreSqlStoreOptions options)
    {
        var settings = Parse(options);
        return $"The PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";
    }

    private static NpgsqlConnectionStringBuilder Parse(PostgreSqlStoreOptions options) => new(options.ConnectionString);
}
