using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>
/// Reads what a change of a schedule meets first, and pays its token. The install's row is held from there to the commit, so changes of
/// one install come one after another, on whichever nodes they were asked for.
/// </summary>
internal static class GateRow
{
    /// <summary>Adds the question to what is sent next.</summary>
    public static void Ask(Session session, InstallScope scope) => session.Sql("take_rate_select")
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value);

    /// <summary>Reads the answer.</summary>
    public static async ValueTask<ChangeGate> ReadAsync(Rows rows, ScheduleChangeLimits limits, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken) ? ChangeGate.Of(rows.Bool(0), rows.DoubleOrNull(1), rows.TimeOrNull(2), limits) : default;

    /// <summary>Reads the answer for a change that takes no token.</summary>
    public static async ValueTask<ChangeGate> ReadFreeAsync(Rows rows, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken) ? ChangeGate.Free(rows.Bool(0)) : default;

    /// <summary>Adds the token's payment to what is sent next.</summary>
    public static void Pay(Session session, in ChangeGate gate, InstallScope scope, DateTimeOffset now)
    {
        if (gate.Pays)
        {
            session.Sql("take_rate_update")
                .Set("level", gate.RateLevel)
                .Set("at", now)
                .Set("bucket", Bucket.Of(scope.Tenant))
                .Set("install", scope.Install.Value);
        }
    }
}
