using Escapement.Repeats;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>The connections of a store. Reads and transactions get one each for as long as they last.</summary>
internal sealed class Pool : IAsyncDisposable
{
    private const int MaxTries = 5;

    private readonly NpgsqlDataSource source;

    /// <param name="options">Where.</param>
    /// <param name="distributed">Whether Citus has distributed the schema.</param>
    public Pool(PostgreSqlStoreOptions options, bool distributed = false)
    {
        Server = PoolSettings.Describe(options);
        IsDistributed = distributed;
        source = new NpgsqlDataSourceBuilder(PoolSettings.Of(options, distributed)).Build();
    }

    /// <summary>Which server and database, for messages; without user and password.</summary>
    public string Server { get; }

    /// <summary>Whether Citus has distributed the schema, over machines of which one may be away.</summary>
    public bool IsDistributed { get; }

    /// <summary>In which part of the store the answers about a tenant are kept; whoever knows the parts sets it.</summary>
    public Func<TenantId?, short> PartOf { get; set; } = _ => throw new InvalidOperationException("This pool keeps no answers.");

    /// <summary>Opens a connection outside the usual forms, for listening and migrating.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception e) when (PostgreSqlFailure.Explain(e, Server) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>
    /// Does what a start does, again and again for so long at most while the database is not there, or goes away meanwhile. Only what
    /// may pass is waited for: a wrong password is not.
    /// </summary>
    public async ValueTask<T> AwaitAsync<T>(Func<CancellationToken, ValueTask<T>> work, TimeSpan atMost, ILogger logger, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await work(cancellationToken);
            }
            catch (StoreUnavailableException e) when (TimeProvider.System.GetElapsedTime(started) < atMost && PostgreSqlFailure.MayPass(e))
            {
                PostgreSqlLog.Awaited(logger, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Reads without a transaction: each statement sees one state of the database.</summary>
    public ValueTask<T> ReadAsync<T>(Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken) =>
        WithAsync(read, cancellationToken);

    /// <summary>Reads what one statement answers.</summary>
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(BatchStatement statement, Func<Rows, T> read, CancellationToken cancellationToken) =>
        ListAsync(session => session.Add(statement), read, cancellationToken);

    /// <summary>Reads what the one statement answers that is asked in a way of its own.</summary>
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(Func<Session, Session> ask, Func<Rows, T> read, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<T>>(
            async (session, ct) =>
            {
                await using var rows = await ask(session).OpenAsync(ct);
                return await rows.ListAsync(read, ct);
            },
            cancellationToken);

    /// <summary>Reads what several statements answer, asked at once, one behind the other; of no statement nothing.</summary>
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(IReadOnlyCollection<BatchStatement> statements, Func<Rows, T> read, CancellationToken cancellationToken) =>
        statements.Count == 0 ? new([]) : ReadAsync<IReadOnlyList<T>>(
            async (session, ct) =>
            {
                foreach (var statement in statements)
                {
                    session.Add(statement);
                }

                var found = new List<T>();
                await using var rows = await session.OpenAsync(ct);
                do
                {
                    found.AddRange(await rows.ListAsync(read, ct));
                }
                while (await rows.NextAsync(ct));
                return found;
            },
            cancellationToken);

    /// <summary>Reads the first row that one statement answers, or null.</summary>
    public ValueTask<T?> FirstAsync<T>(BatchStatement statement, Func<Rows, T> read, CancellationToken cancellationToken)
        where T : class => ReadAsync(
            async (session, ct) =>
            {
                await using var rows = await session.Add(statement).OpenAsync(ct);
                return await rows.FirstAsync(read, ct);
            },
            cancellationToken);

    /// <summary>
    /// Carries out a transaction that <paramref name="work"/> begins and commits. What the database broke off to end a
    /// deadlock is done again, so the work must have no effects outside the database until it returns.
    /// </summary>
    public ValueTask<T> WriteAsync<T>(Func<Session, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        AnswerKeeping.For<T>() is { } keeping
            ? TryAsync((session, ct) => AnswerRow.KeepAsync(session, PartOf(keeping.Request.Tenant), keeping, work, ct), cancellationToken)
            : TryAsync(work, cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async ValueTask<T> TryAsync<T>(Func<Session, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WithAsync(work, cancellationToken);
            }
            catch (PostgresException e)
                when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < MaxTries)
            {
                // The database has waited a second already before it broke the circle.
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                throw new StoreUnavailableException(
                    $"{Server} broke off a change {MaxTries} times because others changed the same rows. Nothing of it was stored; try again.", e);
            }
        }
    }

    private async ValueTask<T> WithAsync<T>(Func<Session, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            var session = new Session(connection);
            try
            {
                return await work(session, cancellationToken);
            }
            catch
            {
                await TryRollBackAsync(session);
                throw;
            }
        }
        catch (ObjectDisposedException e)
        {
            throw new ObjectDisposedException("The store is closed", e);
        }
        catch (Exception e) when (PostgreSqlFailure.Explain(e, Server) is { } explained)
        {
            throw explained;
        }
    }

    private static async ValueTask TryRollBackAsync(Session session)
    {
        try
        {
            if (session.Connection.State == System.Data.ConnectionState.Open)
            {
                await session.RollBackAsync();
            }
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
        {
            // The connection is beyond use, and with it its transaction; the failure that led here is the one that counts.
        }
    }
}
