namespace Escapement.Listing;

/// <summary>Schedules that have the same times.</summary>
/// <param name="Cron">Their expression.</param>
/// <param name="TimeZone">Its zone.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct ScheduleTimes(string Cron, string TimeZone, int Count);
