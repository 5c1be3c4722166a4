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
using Escapement.Previews;
using Escapement.Repeats;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Access;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Backfilling;
using Escapement.Sqlite.Backups;
using Escapement.Sqlite.Bulk;
using Escapement.Sqlite.Calls;
using Escapement.Sqlite.Compiling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Extensions;
using Escapement.Sqlite.Firing;
using Escapement.Sqlite.Forecasting;
using Escapement.Sqlite.Health;
using Escapement.Sqlite.Integrity;
using Escapement.Sqlite.Listing;
using Escapement.Sqlite.Migrations;
using Escapement.Sqlite.Nodes;
using Escapement.Sqlite.Pausing;
using Escapement.Sqlite.Previews;
using Escapement.Sqlite.Repeats;
using Escapement.Sqlite.Retention;
using Escapement.Sqlite.Scheduling;
using Escapement.Sqlite.Why;
using Escapement.Storage;
using Escapement.Waking;
using Escapement.Why;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Sqlite;

/// <summary>
/// The embedded store: one SQLite file in a data folder that one process holds. A change is answered when it is on disk.
/// </summary>
internal sealed class SqliteStore : IStore
{
    private readonly DataFolder folder;
    private readonly WriteQueue writer;
    private readonly ReadPool reader;
    private readonly CheckAfterCrash check;

    private SqliteStore(DataFolder folder, Database database, SqliteStoreOptions options, TimeProvider time, FoundDamage damage, CheckAfterCrash check)
    {
        this.folder = folder;
        this.check = check;
        Clock = time;
        writer = new WriteQueue(database, damage);
        reader = new ReadPool(damage, options);
        Schedules = new SqliteScheduleStore(writer, reader, time);
        Claims = new SqliteClaimStore(writer, reader, time);
        Pauses = new SqlitePauseStore(writer, reader);
        Runs = new SqliteRunStore(writer, reader);
        Versions = new SqliteVersionStore(writer, reader);
        Compilations = new SqliteCompilationStore(writer, reader);
        Installs = new SqliteInstallStore(writer, reader, time);
        RemovedInstalls = new SqliteRemovedInstallStore(writer, reader);
        RemovedSchedules = new SqliteRemovedScheduleStore(writer, reader);
        Definitions = new SqliteDefinitionStore(reader);
        Backfills = new SqliteBackfillStore(writer, reader);
        Calls = new SqliteCallStore(writer, reader);
        Audit = new SqliteAuditStore(writer, reader);
        Bulk = new SqliteBulkStore(writer, reader, time);
        Tokens = new SqliteTokenStore(writer, reader);
        Sessions = new SqliteSessionStore(writer, reader);
        Previews = new SqlitePreviewStore(writer, reader);
        ScheduleLists = new SqliteScheduleListStore(reader);
        TenantLists = new SqliteTenantListStore(reader);
        Answers = new SqliteAnswerStore(reader);
        Forecasts = new SqliteForecastStore(reader);
        Whys = new SqliteWhyStore(reader);
        Nodes = new SqliteNodeStore(writer, reader);
        Retention = new SqliteRetentionStore(writer);
        Health = new SqliteStoreHealth(writer, reader, damage);
    }

    /// <inheritdoc/>
    public TimeProvider Clock { get; }

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
    public ICompiledCodeStore? CompiledCode => null;

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
    /// Opens the store: makes the folder if needed, locks it, brings the schema up to date, and ends the leases of the
    /// process that had it before, so that its runs are recovered at once.
    /// </summary>
    /// <param name="options">Where and how.</param>
    /// <param name="time">The host's clock, from which the ids of ledger rows are taken too.</param>
    /// <param name="logger">Gets what happened at start; null for none.</param>
    /// <param name="cancellationToken">Gives up before the work begins.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every problem.</exception>
    /// <exception cref="StoreUnavailableException">The folder or the file cannot be used; the message says why and the remedy.</exception>
    public static ValueTask<SqliteStore> OpenAsync(
        SqliteStoreOptions options, TimeProvider time, ILogger<SqliteStore>? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join("; ", problems.Select(p => $"{p.Path}: {p.Message}")), nameof(options));
        }

        return new ValueTask<SqliteStore>(Task.Run(() => Open(options, time, logger ?? NullLogger<SqliteStore>.Instance), cancellationToken));
    }

    /// <summary>Does nothing: the process that holds the folder is the only node.</summary>
    public void ConnectWakeSignal(WakeSignal wake) => ArgumentNullException.ThrowIfNull(wake);

    /// <summary>Does nothing: the process that holds the folder is the only node.</summary>
    public void ConnectEvents(EventFeed feed) => ArgumentNullException.ThrowIfNull(feed);

    /// <summary>Finishes the changes that wait, closes the file and gives the folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        check.Dispose();

        // The writer last: only a connection that writes can fold the log into the file and remove it.
        reader.Dispose();
        await writer.DisposeAsync();
        folder.Dispose();
    }

    private static SqliteStore Open(SqliteStoreOptions options, TimeProvider time, ILogger logger)
    {
        var folder = DataFolder.Open(options.DataFolder);
        var damage = new FoundDamage(folder.File, logger);
        Database? database = null;
        try
        {
            Restore.RefuseUnfinished(folder.File);
            var needed = CheckAfterCrash.NeededFor(folder.File);
            database = Database.OpenWriter(folder.File, options);
            var (from, to) = Migrator.Run(database, folder.File);
            if (from != to)
            {
                SqliteLog.Migrated(logger, folder.File, from, to);
            }

            database.Sql("expire_compilations").Run();
            var orphaned = database.Sql("expire_leases").Run();
            SqliteLog.Opened(logger, folder.File, orphaned);
            return new SqliteStore(folder, database, options, time, damage, new CheckAfterCrash(damage, needed, logger));
        }
        catch (Exception e)
        {
            database?.Dispose();
            folder.Dispose();
            var explained = damage.Explain(e);
            if (ReferenceEquals(explained, e))
            {
                throw;
            }

            throw explained;
        }
    }
}
