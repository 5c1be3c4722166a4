namespace Escapement.Scheduling;

/// <summary>Schedules as they were. The changes that make definitions write them, each in its own transaction.</summary>
internal interface IDefinitionStore
{
    /// <summary>The definitions of one schedule, the latest first, so many at most; also of one that was deleted or uninstalled.</summary>
    ValueTask<IReadOnlyList<ScheduleDefinition>> ListAsync(
        InstallScope scope, ScheduleId schedule, int limit, CancellationToken cancellationToken = default) =>
        ListBeforeAsync(scope, schedule, int.MaxValue, limit, cancellationToken);

    /// <summary>The same, of those before one.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="before">The number of the one that they are before.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<ScheduleDefinition>> ListBeforeAsync(
        InstallScope scope, ScheduleId schedule, int before, int limit, CancellationToken cancellationToken = default);
}
