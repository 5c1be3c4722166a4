using System.Collections.Frozen;

namespace Escapement.Installs;

/// <summary>One tenant's installation of one extension at one version.</summary>
public sealed record Install
{
    /// <summary>The tenant and its own id.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>The extension.</summary>
    public required string ExtensionId { get; init; }

    /// <summary>The installed version.</summary>
    public required VersionId Version { get; init; }

    /// <summary>The version before the last upgrade; null until there is one.</summary>
    public VersionId? PreviousVersion { get; init; }

    /// <summary>Whether its schedules fire and its endpoints answer.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What the admin granted, normalised. Only what the manifest declares too has effect.</summary>
    public required FrozenSet<string> Granted { get; init; }

    /// <summary>What was granted to the version before; null until there is one.</summary>
    public FrozenSet<string>? PreviousGranted { get; init; }

    /// <summary>The pause of its own, by id; null when it has none, and where runs ask.</summary>
    internal Guid? Pause { get; init; }

    /// <summary>When it was installed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When an admin last changed it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
