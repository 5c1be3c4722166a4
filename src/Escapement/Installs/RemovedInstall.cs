namespace Escapement.Installs;

/// <summary>An install that was uninstalled and can be restored.</summary>
/// <param name="Install">As it was.</param>
/// <param name="RemovedAt">When it was uninstalled.</param>
/// <param name="RemovedBy">By whom.</param>
/// <param name="Schedules">How many schedules come back with it.</param>
internal sealed record RemovedInstall(Install Install, DateTimeOffset RemovedAt, string RemovedBy, int Schedules);
