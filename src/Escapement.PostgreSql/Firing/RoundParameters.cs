using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Connections;

namespace Escapement.PostgreSql.Firing;

internal static class RoundParameters
{
    /// <summary>Sets what both statements that go round the tenants take.</summary>
    public static void SetRound(this BatchStatement statement, TenantRound round, short bucket, DateTimeOffset now, RunningCounts running) => statement
        .Set("bucket", bucket)
        .Set("now", now)
        .Set("tenants", round.Tenants.Select(t => t.Value))
        .Set("each", round.Each)
        .Set("full_installs", running.FullInstalls);
}
