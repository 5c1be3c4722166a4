using Escapement.PostgreSql.Connections;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Connections;

/// <summary>Two changes that hold what the other waits for: the database breaks one off, and it is done again.</summary>
public sealed class DeadlockTests
{
    private static readonly int Key = Environment.ProcessId;

    private readonly TaskCompletionSource[] holding = [new(), new()];
    private int tries;

    [Fact]
    public async Task Write_DatabaseBreaksADeadlock_IsDoneAgain()
    {
        await using var pool = new Pool(TestDatabase.NewOptions());

        var done = await Task.WhenAll(HoldBothAsync(pool, 0, 1), HoldBothAsync(pool, 1, 0));

        Assert.Equal([true, true], done);
        Assert.Equal(3, tries);
    }

    private Task<bool> HoldBothAsync(Pool pool, int mine, int other) => pool.WriteAsync(
        async (session, ct) =>
        {
            Interlocked.Increment(ref tries);
            await session.Begin().RunAsync(ct);
            await HoldAsync(session, mine, ct);
            holding[mine].TrySetResult();
            await holding[other].Task;
            await HoldAsync(session, other, ct);
            await session.Commit().RunAsync(ct);
            return true;
        },
        TestContext.Current.CancellationToken).AsTask();

    private static async Task HoldAsync(Session session, int what, CancellationToken cancellationToken)
    {
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Key}, {what})", session.Connection);
        await hold.ExecuteNonQueryAsync(cancellationToken);
    }
}
