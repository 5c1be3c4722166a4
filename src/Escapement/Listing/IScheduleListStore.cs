using Escapement.Extensions;

namespace Escapement.Listing;

/// <summary>Schedules of many installs, by the ways that indexes give. What none gives is not here.</summary>
internal interface IScheduleListStore
{
    /// <summary>Those after a place on a walk, at most so many.</summary>
    /// <param name="tenant">Whose; null for all tenants'.</param>
    /// <param name="walk">The way.</param>
    /// <param name="after">A place on it; null for its beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<ListedSchedule>> WalkAsync(
        TenantId? tenant, ScheduleWalk walk, SchedulePlace? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Those whose last runs failed, at most so many, in no order.</summary>
    ValueTask<IReadOnlyList<ListedSchedule>> FindFailingAsync(TenantId? tenant, int limit, CancellationToken cancellationToken = default);

    /// <summary>Those that have a pause of their own, also one that has ended and still holds something; at most so many, in no order.</summary>
    ValueTask<IReadOnlyList<ListedSchedule>> FindPausedAsync(TenantId? tenant, int limit, CancellationToken cancellationToken = default);

    /// <summary>Those of an install, at most so many, in no order.</summary>
    ValueTask<IReadOnlyList<ListedSchedule>> FindOfInstallAsync(InstallScope scope, int limit, CancellationToken cancellationToken = default);

    /// <summary>Those of a tenant's that have these ids, in no order.</summary>
    ValueTask<IReadOnlyList<ListedSchedule>> FindAsync(
        TenantId tenant, IReadOnlyCollection<ScheduleId> ids, CancellationToken cancellationToken = default);

    /// <summary>Those that call an endpoint, at most so many, in no order.</summary>
    ValueTask<IReadOnlyList<ListedSchedule>> FindByEndpointAsync(
        TenantId? tenant, EndpointKey endpoint, int limit, CancellationToken cancellationToken = default);

    /// <summary>A tenant's of an extension, at most so many, in no order.</summary>
    ValueTask<IReadOnlyList<ListedSchedule>> FindOfExtensionAsync(
        TenantId tenant, string extension, int limit, CancellationToken cancellationToken = default);

    /// <summary>What has an id, of a tenant or of all; null for nothing that is there, and for what is no run, schedule or install.</summary>
    ValueTask<FoundId?> FindIdAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken = default);

    /// <summary>The times of a tenant's schedules that have a start, and how many have each.</summary>
    ValueTask<IReadOnlyList<ScheduleTimes>> TimesAsync(TenantId tenant, CancellationToken cancellationToken = default);

    /// <summary>Those whose name or endpoint holds a text of three characters and more, at most so many, in no order.</summary>
    ValueTask<IReadOnlyList<ListedSchedule>> FindByTextAsync(TenantId? tenant, string text, int limit, CancellationToken cancellationToken = default);
}
