using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>
/// What every change of a schedule meets first: its install must be there, and its bucket must hold a token. The install's row
/// is held from here to the commit, so changes of one install come one after another, on whichever nodes they were asked for.
/// </summary>
internal readonly record struct ChangeGate(bool InstallFound, bool InstallEnabled, TokenBucketTake Take)
{
    /// <summary>Why the change may not go on; null when it may. The token is gone even if it is refused after this.</summary>
    public ScheduleChange? Refusal => (InstallFound, Take.Taken) switch
    {
        (false, _) => ScheduleChange.InstallGone,
        (_, false) => ScheduleChange.RateLimited(Take.RetryAfter),
        _ => null,
    };

    /// <summary>Adds the question to what is sent next.</summary>
    public static void Ask(Session session, InstallScope scope) => session.Sql("take_rate_select")
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value);

    /// <summary>Reads the answer and takes a token.</summary>
    public static async ValueTask<ChangeGate> ReadAsync(Rows rows, ScheduleChangeLimits limits, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken)
            ? new ChangeGate(true, rows.Bool(0), limits.Rate.Take(rows.DoubleOrNull(1), rows.TimeOrNull(2) ?? limits.Now, limits.Now))
            : default;

    /// <summary>Adds the token's payment to what is sent next.</summary>
    public void Pay(Session session, InstallScope scope, DateTimeOffset now)
    {
        if (InstallFound)
        {
            session.Sql("take_rate_update")
                .Set("level", Take.Level)
                .Set("at", now)
                .Set("bucket", Bucket.Of(scope.Tenant))
                .Set("install", scope.Install.Value);
        }
    }
}
