using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>What is kept around an instant. Each read is a bounded number of statements, each of them by an index.</summary>
internal interface IWhyStore
{
    /// <summary>How many definitions, rows and runs on each side of an instant are looked at.</summary>
    const int Most = 8;

    /// <summary>What is kept of a schedule around an instant, also of one that was deleted or uninstalled; nothing when the install has none such.</summary>
    ValueTask<WhyRows> ReadAsync(InstallScope scope, ScheduleId schedule, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Some of a tenant's schedules that pauses hold since they came due, at most so many, without their payloads.</summary>
    ValueTask<IReadOnlyList<Schedule>> ListHeldAsync(TenantId tenant, int limit, CancellationToken cancellationToken = default);

    /// <summary>What else happened around it.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="span">Of which times.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<WhyAround> ReadAroundAsync(InstallScope scope, ScheduleId schedule, WhySpan span, CancellationToken cancellationToken = default);
}
