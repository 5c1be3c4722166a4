using Escapement.Access;
using Escapement.Audit;
using Escapement.Backfilling;
using Escapement.Bulk;
using Escapement.Calls;
using Escapement.Compiling;
using Escapement.Events;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Forecasting;
using Escapement.Installs;
using Escapement.Listing;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.PostgreSql.Access;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Backfilling;
using Escapement.PostgreSql.Bulk;
using Escapement.PostgreSql.Calls;
using Escapement.PostgreSql.Compiling;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Copying;
using Escapement.PostgreSql.Events;
using Escapement.PostgreSql.Extensions;
using Escapement.PostgreSql.Firing;
using Escapement.PostgreSql.Forecasting;
using Escapement.PostgreSql.Health;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Migrations;
using Escapement.PostgreSql.Nodes;
using Escapement.PostgreSql.Pausing;
using Escapement.PostgreSql.Previews;
using Escapement.PostgreSql.Repeats;
using Escapement.PostgreSql.Retention;
using Escapement.PostgreSql.Scheduling;
using Escapement.PostgreSql.Tenancy;
using Escapement.PostgreSql.Time;
using Escapement.PostgreSql.Waking;
using Escapement.PostgreSql.Why;
using Escapement.Previews;
using Escapement.Repeats;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Storage;
using Escapement.Waking;
using Escapement.Why;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.PostgreSql;

/// <summary>
/// The store for several nodes: one PostgreSQL database, which is all that they share. Nodes are alike, keep nothing that another
/// would need, and may come and go.
/// </summary>
internal sealed class PostgreSqlStore : IStore
{
    private readonly Pool pool;
    private readonly string schema;
    private readonly ILogger logger;
    private readonly DatabaseClock clock;
    private readonly CancellationTokenSource stopClock = new();
    private readonly Task keepingClock;
    private WakeExchange? exchange;
    private EventExchange? events;

    private PostgreSqlStore(Pool pool, PostgreSqlStoreOptions options, DatabaseClock clock, TimeProvider node, ILogger logger)
    {
        this.pool = pool;
        pool.PartOf = Bucket.Of;
        this.clock = clock;
        this.logger = logger;
        schema = options.Schema;
        var keeper = new ClockKeeper(pool, clock, node, logger);
        Schedules = new PostgreSqlScheduleStore(pool, clock);
        var machines = new Machines(pool, TimeProvider.System, logger);
        Claims = new PostgreSqlClaimStore(pool, new Looks(pool, machines), clock);
        Pauses = new PostgreSqlPauseStore(pool);
        Runs = new PostgreSqlRunStore(pool);
        Versions = new PostgreSqlVersionStore(pool);
        Compilations = new PostgreSqlCompilationStore(pool);
        CompiledCode = new PostgreSqlCompiledCodeStore(pool);
        Installs = new PostgreSqlInstallStore(pool, clock);
        RemovedInstalls = new PostgreSqlRemovedInstallStore(pool);
        RemovedSchedules = new PostgreSqlRemovedScheduleStore(pool);
        Definitions = new PostgreSqlDefinitionStore(pool);
        Backfills = new PostgreSqlBackfillStore(pool);
        Calls = new PostgreSqlCallStore(pool);
        Audit = new PostgreSqlAuditStore(pool);
        Bulk = new PostgreSqlBulkStore(pool, clock);
        Tokens = new PostgreSqlTokenStore(pool);
        Sessions = new PostgreSqlSessionStore(pool);
        Previews = new PostgreSqlPreviewStore(pool);
        ScheduleLists = new PostgreSqlScheduleListStore(pool);
        TenantLists = new PostgreSqlTenantListStore(pool);
        Answers = new PostgreSqlAnswerStore(pool);
        Forecasts = new PostgreSqlForecastStore(pool);
        Whys = new PostgreSqlWhyStore(pool);
        Nodes = new PostgreSqlNodeStore(pool, clock);
        Retention = new PostgreSqlRetentionStore(pool, options.Schema, logger);
        Health = new PostgreSqlStoreHealth(pool, machines, keeper);
        keepingClock = Task.Run(() => keeper.RunAsync(stopClock.Token));
    }

    /// <summary>The database's time, by which all nodes fire and judge leases. Register it as the host's clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>How far this node's own clock is ahead of the database's.</summary>
    public TimeSpan ClockOffset => clock.Offset;

    /// <inheritdoc/>
    public IScheduleStore Schedules { get; }

    /// <inheritdoc/>
    public IScheduleListStore ScheduleLists { get; }

    /// <inheritdoc/>
    public ITenantListStore TenantLists { get; }

    /// <inheritdoc/>
    public IClaimStore Claims { get; }

    /// <inheritdoc/>
    public IPauseStore Pauses { get; }

    /// <inheritdoc/>
    public IRunStore Runs { get; }

    /// <inheritdoc/>
    public IVersionStore Versions { get; }

    /// <inheritdoc/>
    public ICompilationStore Compilations { get; }

    /// <inheritdoc/>
    public ICompiledCodeStore? CompiledCode { get; }

    /// <inheritdoc/>
    public IInstallStore Installs { get; }

    /// <inheritdoc/>
    public IRemovedInstallStore RemovedInstalls { get; }

    /// <inheritdoc/>
    public IRemovedScheduleStore RemovedSchedules { get; }

    /// <inheritdoc/>
    public IDefinitionStore Definitions { get; }

    /// <inheritdoc/>
    public IBackfillStore Backfills { get; }

    /// <inheritdoc/>
    public ICallStore Calls { get; }

    /// <inheritdoc/>
    public IAuditStore Audit { get; }

    /// <inheritdoc/>
    public IBulkStore Bulk { get; }

    /// <inheritdoc/>
    public ITokenStore Tokens { get; }

    /// <inheritdoc/>
    public ISessionStore Sessions { get; }

    /// <inheritdoc/>
    public IPreviewStore Previews { get; }

    /// <inheritdoc/>
    public IAnswerStore Answers { get; }

    /// <inheritdoc/>
    public INodeStore Nodes { get; }

    /// <inheritdoc/>
    public IForecastStore Forecasts { get; }

    /// <inheritdoc/>
    public IWhyStore Whys { get; }

    /// <inheritdoc/>
    public IRetentionStore Retention { get; }

    /// <inheritdoc/>
    public IStoreHealth Health { get; }

    /// <summary>
    /// Opens the store: waits for the database if it is not there yet, makes the schema or brings it up to date, makes the partitions
    /// that are needed next, and asks the database for its time.
    /// </summary>
    /// <param name="options">Where.</param>
    /// <param name="node">This node's own clock.</param>
    /// <param name="logger">Gets what happened; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every problem.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be used; the message says why and the remedy.</exception>
    public static async ValueTask<PostgreSqlStore> OpenAsync(
        PostgreSqlStoreOptions options, TimeProvider node, ILogger<PostgreSqlStore>? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(node);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join("; ", problems.Select(p => p.Message)), nameof(options));
        }

        ILogger log = logger ?? NullLogger<PostgreSqlStore>.Instance;
        var pool = new Pool(options);
        try
        {
            await pool.AwaitAsync(ct => MigrateAsync(pool, options, log, ct), options.StartTimeout, log, cancellationToken);
            pool = await Distribution.SuitAsync(pool, options, log, cancellationToken);
            var clock = await pool.AwaitAsync(ct => PrepareAsync(pool, options, node, log, ct), options.StartTimeout, log, cancellationToken);
            PostgreSqlLog.Opened(log, options.Schema, pool.Server, (long)clock.Offset.TotalMilliseconds);
            return new PostgreSqlStore(pool, options, clock, node, log);
        }
        catch
        {
            await pool.DisposeAsync();
            throw;
        }
    }

    // This and the next can be done again when the database went away in the middle of it.
    private static async ValueTask<bool> MigrateAsync(Pool pool, PostgreSqlStoreOptions options, ILogger log, CancellationToken cancellationToken)
    {
        var (from, to) = await new Migrator(pool, options.Schema).RunAsync(cancellationToken);
        if (from != to)
        {
            PostgreSqlLog.Migrated(log, options.Schema, from, to, pool.Server);
        }

        await CopyState.RefuseHalfCopiedAsync(pool, options.Schema, cancellationToken);
        return from != to;
    }

    private static async ValueTask<DatabaseClock> PrepareAsync(
        Pool pool, PostgreSqlStoreOptions options, TimeProvider node, ILogger log, CancellationToken cancellationToken)
    {
        var (database, askedAt, answeredAt) = await ClockKeeper.AskAsync(pool, node, cancellationToken);
        var clock = new DatabaseClock(node, database, askedAt, answeredAt);
        await new PostgreSqlRetentionStore(pool, options.Schema, log).MakeAheadAsync(clock.GetUtcNow(), cancellationToken);
        return clock;
    }

    /// <inheritdoc/>
    public void ConnectWakeSignal(WakeSignal wake)
    {
        ArgumentNullException.ThrowIfNull(wake);
        if (exchange is not null)
        {
            throw new InvalidOperationException("This store has a wake signal already.");
        }

        exchange = new WakeExchange(pool, schema, wake, Clock, logger);
    }

    /// <inheritdoc/>
    public void ConnectEvents(EventFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        events = new EventExchange(pool, schema, feed, Clock, logger);
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopClock.CancelAsync();
        await keepingClock;
        if (exchange is not null)
        {
            await exchange.DisposeAsync();
        }

        if (events is not null)
        {
            await events.DisposeAsync();
        }

        await pool.DisposeAsync();
        stopClock.Dispose();
    }
}
