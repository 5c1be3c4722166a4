namespace Escapement.Installs;

/// <summary>An install that was uninstalled and can be restored.</summary>
/// <param name="Install">As it was.</param>
/// <param name="RemovedAt">When it was uninstalled.</param>
/// <param name="RemovedBy">By whom.</param>
/// <param name="Schedules">How many schedules come back with it.</param>
internal sealed record RemovedInstall(Install Install, DateTimeOffset RemovedAt, string RemovedBy, int Schedules)
{
    /// <summary>
    /// How many are kept of a tenant, the last ones: each holds as many schedules and payloads as an install may have, and an admin who installs and
    /// uninstalls in a loop is not to fill the disk.
    /// </summary>
    public const int Most = 20;

    /// <summary>How many of those before them one removal takes away.</summary>
    public const int AtOnce = 100;
}
