using Escapement.PostgreSql.Connections;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Connections;

/// <summary>Which statements of a transaction are planned for their values, and which once for all.</summary>
public sealed class PlanningTests
{
    [Fact]
    public async Task PlanByValue_HoldsUntilPlanAsUsual_AndNotBeyondItsTransaction()
    {
        await using var pool = new Pool(TestDatabase.NewOptions());

        var seen = await pool.ReadAsync(
            async (session, ct) =>
            {
                var modes = new List<string> { await ModeAsync(session, ct) };
                await session.Begin().PlanByValue().RunAsync(ct);
                modes.Add(await ModeAsync(session, ct));
                await session.PlanAsUsual().RunAsync(ct);
                modes.Add(await ModeAsync(session, ct));
                await session.PlanByValue().Commit().RunAsync(ct);
                modes.Add(await ModeAsync(session, ct));
                return modes;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(["force_generic_plan", "force_custom_plan", "force_generic_plan", "force_generic_plan"], seen);
    }

    private static async Task<string> ModeAsync(Session session, CancellationToken cancellationToken)
    {
        await using var show = new NpgsqlCommand("SHOW plan_cache_mode", session.Connection);
        return (string)(await show.ExecuteScalarAsync(cancellationToken))!;
    }
}
