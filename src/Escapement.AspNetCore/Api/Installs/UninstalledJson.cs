using Escapement.Installs;

namespace Escapement.AspNetCore.Api.Installs;

internal sealed record UninstalledJson
{
    public required string Id { get; init; }

    public required string ExtensionId { get; init; }

    /// <summary>The version that it was of.</summary>
    public string? Version { get; init; }

    /// <summary>How many schedules come back with it.</summary>
    public required int Schedules { get; init; }

    public required DateTimeOffset RemovedAt { get; init; }

    /// <summary>Who uninstalled it.</summary>
    public required string RemovedBy { get; init; }

    /// <summary>Until when it can be restored.</summary>
    public required DateTimeOffset RestorableUntil { get; init; }

    public static UninstalledJson Of(RemovedInstall removed, string? version, DateTimeOffset until) => new()
    {
        Id = removed.Install.Scope.Install.ToString(),
        ExtensionId = removed.Install.ExtensionId,
        Version = version,
        Schedules = removed.Schedules,
        RemovedAt = removed.RemovedAt,
        RemovedBy = removed.RemovedBy,
        RestorableUntil = until,
    };
}
