using Escapement.PostgreSql.Connections;

namespace Escapement.PostgreSql.Tenancy;

/// <summary>One question about things of many tenants: a statement for each bucket in which some of them lie.</summary>
internal static class ByBucket
{
    /// <summary>About schedules, which the statement takes as pairs of <c>schedules</c> and <c>tenants</c>.</summary>
    public static IReadOnlyCollection<BatchStatement> Of(string name, IEnumerable<(TenantId Tenant, ScheduleId Schedule)> schedules) =>
    [
        .. schedules.GroupBy(s => Bucket.Of(s.Tenant)).OrderBy(g => g.Key).Select(some => BatchStatement.Of(name)
            .Set("bucket", some.Key)
            .Set("schedules", some.Select(s => s.Schedule.Value))
            .Set("tenants", some.Select(s => s.Tenant.Value))),
    ];
}
