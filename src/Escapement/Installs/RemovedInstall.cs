namespace Escapement.Installs;

/// <summary>An install that was uninstalled and can be restored.</summary>
/// <param name="Install">As it was.</param>
/// <param name="RemovedAt">When it was uninstalled.</param>
/// <param name="RemovedBy">By whom.</param>
/// <param name="Schedules">How many schedules come back with it.</param>
internal sealed record RemovedInstall(Install Install, DateTimeOffset RemovedAt, string RemovedBy, int Schedules)
{
    /// <summary>How many are kept of a tenant, the last ones: an admin who installs and uninstalls in a loop is not to fill the disk.</summary>
    public const int Most = 20;

    /// <summary>
    /// How many bytes the payloads of those come to, with what was deleted of them before: each holds as many as an install may have, which is the
    /// operator's to say. The last one is kept whatever it holds.
    /// </summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>How many of those before them one removal takes away.</summary>
    public const int AtOnce = 100;
}

/// <summary>A place in the list of what was uninstalled, the latest first.</summary>
/// <param name="RemovedAt">When the row was uninstalled.</param>
/// <param name="Install">Its id.</param>
internal sealed record RemovedInstallCursor(DateTimeOffset RemovedAt, InstallId Install)
{
    /// <summary>Before all.</summary>
    public static RemovedInstallCursor Start { get; } = new(DateTimeOffset.MaxValue, new InstallId(Guid.AllBitsSet));
}
