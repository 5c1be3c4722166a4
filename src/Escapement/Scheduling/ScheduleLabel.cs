namespace Escapement.Scheduling;

/// <summary>What a schedule is called.</summary>
/// <param name="Name">Its name, or its endpoint where it has none.</param>
/// <param name="TimeZone">On which clocks it is due.</param>
internal sealed record ScheduleLabel(string Name, string TimeZone);
