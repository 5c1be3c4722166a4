using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Tenancy;
using Escapement.Stores.Conformance;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Firing;

/// <summary>A claim goes through several transactions. What the first of them brought is not lost to what happens to the next.</summary>
public sealed class InterruptedClaimTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task Claim_GivenUpInTheSecondBucket_AnswersWhatIsThisNodes()
    {
        await DueInTwoBucketsAsync();
        using var stop = new CancellationTokenSource();

        var batch = await Store.Claims.ClaimAsync(InterruptedAt(plan: 2, stop.Cancel), stop.Token);

        Assert.Equal(await RunningAsync(), batch.Runs.Count);
        Assert.NotEmpty(batch.Runs);
    }

    [Fact]
    public async Task Claim_GivenUpInTheFirstBucket_LeavesNothingThatNobodyKnowsOf()
    {
        await DueInTwoBucketsAsync();
        using var stop = new CancellationTokenSource();

        var batch = await Store.Claims.ClaimAsync(InterruptedAt(plan: 1, stop.Cancel), stop.Token);

        Assert.Equal((1, true), (Assert.Single(batch.Runs).Attempt, batch.More));
        Assert.Equal(1, await RunningAsync());
    }

    [Fact]
    public async Task Claim_SessionEndsInTheSecondBucket_AnswersTheFirst()
    {
        await DueInTwoBucketsAsync();

        var batch = await Store.Claims.ClaimAsync(InterruptedAt(plan: 2, EndSessions));

        Assert.Equal((1, true), (Assert.Single(batch.Runs).Attempt, batch.More));
        Assert.Equal(1, await RunningAsync());
        Assert.Single((await Claim(Minute(0))).Runs);
    }

    private static ClaimRequest InterruptedAt(int plan, Action interrupt)
    {
        var plans = 0;
        return Request(Minute(0), plan: due =>
        {
            if (++plans == plan)
            {
                interrupt();
            }

            return FireAt(Minute(0))(due);
        });
    }

    private async Task DueInTwoBucketsAsync()
    {
        var other = Enumerable.Range(0, 100).Select(n => TenantId.Parse($"other-{n}")).First(t => Bucket.Of(t) != Bucket.Of(Acme));
        await Created(await Installed(), Minute(0));
        await Created(await Installed(other), Minute(0));
    }

    private async Task<int> RunningAsync() => (int)await TestDatabase.ReadAsync<long>(options, "SELECT count(*) FROM running_runs");

    private void EndSessions()
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var end = new NpgsqlCommand(
            $"""
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE state = 'idle in transaction' AND query LIKE '%schedules%'
              AND pid IN (SELECT pid FROM pg_locks WHERE relation = '{options.Schema}.buckets'::regclass)
            """,
            connection);
        end.ExecuteNonQuery();
    }
}
