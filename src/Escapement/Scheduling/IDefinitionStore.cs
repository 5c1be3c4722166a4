namespace Escapement.Scheduling;

/// <summary>Schedules as they were. The changes that make definitions write them, each in its own transaction.</summary>
internal interface IDefinitionStore
{
    /// <summary>The definitions of one schedule, the latest first, so many at most; also of one that was deleted or uninstalled.</summary>
    ValueTask<IReadOnlyList<ScheduleDefinition>> ListAsync(
        InstallScope scope, ScheduleId schedule, int limit, CancellationToken cancellationToken = default);
}
