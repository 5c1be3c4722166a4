using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Stages;

/// <summary>Claimed runs for stages that are tried by themselves.</summary>
internal static class SomeRun
{
    public static readonly DateTimeOffset Due = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static ClaimedRun Claimed(InstallScope? scope = null, string endpoint = "POST /api/sync", int attempt = 1, RetryPolicy? retry = null)
    {
        var owner = scope ?? new InstallScope(TenantId.Parse("acme"), new InstallId(Ids.Next(TimeProvider.System)));
        var schedule = new ScheduleId(Ids.Next(TimeProvider.System));
        var selector = endpoint.Split(' ');
        return new ClaimedRun
        {
            Lease = new LeasedRun(new RunId(Ids.Next(TimeProvider.System)), owner.Tenant, schedule, Guid.NewGuid()),
            Scope = owner,
            Schedule = schedule,
            Endpoint = new EndpointKey(selector[0], selector[1]),
            Policy = SchedulePolicy.Default with { Retry = retry ?? RetryPolicy.None },
            ScheduleEnabled = true,
            DueAt = Due,
            StartAt = attempt == 1 ? Due : null,
            Trigger = RunTrigger.Schedule,
            Attempt = attempt,
        };
    }
}
