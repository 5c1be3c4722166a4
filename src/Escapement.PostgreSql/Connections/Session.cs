using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>
/// A connection for one piece of work. Statements are gathered and sent together: a round trip costs more than most of them.
/// <see cref="Begin"/> and <see cref="Commit"/> travel with the statements around them.
/// </summary>
internal sealed class Session(NpgsqlConnection connection)
{
    private static readonly SqlText BeginText = SqlText.Fixed("BEGIN");
    private static readonly SqlText CommitText = SqlText.Fixed("COMMIT");
    private static readonly SqlText PlanByValueText = SqlText.Fixed("SET LOCAL plan_cache_mode = force_custom_plan");
    private static readonly SqlText PlanAsUsualText = SqlText.Fixed("SET LOCAL plan_cache_mode = DEFAULT");

    private readonly List<BatchStatement> waiting = [];
    private bool held;

    /// <summary>The connection itself, for what is no kept statement.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>Starts a transaction with the next send.</summary>
    public Session Begin() => held ? this : AddFixed(BeginText);

    /// <summary>
    /// Starts a transaction around work that begins and commits by itself: until <see cref="Release"/> neither has an effect, so that more can be
    /// written before the commit.
    /// </summary>
    public Session Hold()
    {
        held = true;
        return AddFixed(BeginText);
    }

    /// <summary>Has the statements that follow in this transaction planned anew for their values, until <see cref="PlanAsUsual"/>.</summary>
    public Session PlanByValue() => AddFixed(PlanByValueText);

    /// <summary>Has the statements that follow planned as the connection was set to.</summary>
    public Session PlanAsUsual() => AddFixed(PlanAsUsualText);

    /// <summary>Adds a statement by the name of its file.</summary>
    public BatchStatement Sql(string name)
    {
        var statement = BatchStatement.Of(name);
        waiting.Add(statement);
        return statement;
    }

    /// <summary>Adds a statement that was made before.</summary>
    public Session Add(BatchStatement statement)
    {
        waiting.Add(statement);
        return this;
    }

    /// <summary>Ends the transaction with the next send.</summary>
    public Session Commit() => held ? this : AddFixed(CommitText);

    /// <summary>Ends the transaction that <see cref="Hold"/> started, with the next send.</summary>
    public Session Release()
    {
        held = false;
        return AddFixed(CommitText);
    }

    /// <summary>Sends what waits and reads the answers.</summary>
    public async ValueTask<Rows> OpenAsync(CancellationToken cancellationToken) => new(await Gather().ExecuteReaderAsync(cancellationToken));

    /// <summary>Sends what waits; the number of rows changed, all statements together.</summary>
    public async ValueTask<int> RunAsync(CancellationToken cancellationToken) =>
        waiting.Count == 0 ? 0 : await Gather().ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Takes back what was done since <see cref="Begin"/>.</summary>
    public async ValueTask RollBackAsync()
    {
        waiting.Clear();
        await using var command = new NpgsqlCommand("ROLLBACK", connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private Session AddFixed(SqlText text)
    {
        waiting.Add(new BatchStatement(text));
        return this;
    }

    private NpgsqlBatch Gather()
    {
        var batch = connection.CreateBatch();
        foreach (var statement in waiting)
        {
            batch.BatchCommands.Add(statement.ToCommand());
        }

        waiting.Clear();
        return batch;
    }
}
