using Escapement.Extensions;
using Escapement.Installs;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>What an installation asks for.</summary>
/// <param name="ExtensionId">The extension, such as <c>com.acme.sync</c>.</param>
/// <param name="Version">The version; absent for the one published last.</param>
/// <param name="Capabilities">What to grant; absent for everything the manifest declares but <c>cap:scheduler.manage</c>.</param>
internal sealed record InstallRequest(string? ExtensionId = null, string? Version = null, IReadOnlyList<string?>? Capabilities = null);

/// <summary>What is to change of an install; what is absent stays.</summary>
/// <param name="Capabilities">All that is to be granted, of what the manifest declares.</param>
internal sealed record InstallPatch(IReadOnlyList<string?>? Capabilities = null);

internal sealed record InstallJson : ITagged
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string ExtensionId { get; init; }

    public required string Version { get; init; }

    /// <summary>The version before the last upgrade, to which it can go back; absent until there is one.</summary>
    public string? PreviousVersion { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Whether a pause of its own holds it; one of the tenant or the host is not said here.</summary>
    public required bool Paused { get; init; }

    /// <summary>What was granted.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>What the manifest declares.</summary>
    public required IReadOnlyList<string> DeclaredCapabilities { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Stands for version, grants, its own pause and whether it is enabled. Also the header <c>ETag</c>.</summary>
    public required string Etag { get; init; }

    /// <summary>The fields of its etag.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Fields(Install install) =>
    [
        ("version", install.Version.Value), ("enabled", install.Enabled), ("capabilities", install.Granted.Order(StringComparer.Ordinal)),
        ("pause", install.Pause),
    ];

    public static async ValueTask<InstallJson> OfAsync(VersionCatalog versions, Install install, ExtensionVersion version) =>
        Of(install, version, install.PreviousVersion is { } id ? await versions.GetAsync(id) : null);

    /// <param name="install">The install.</param>
    /// <param name="version">The version that it is of.</param>
    /// <param name="previous">The version before; null if it never had another.</param>
    public static InstallJson Of(Install install, ExtensionVersion version, ExtensionVersion? previous) => new()
    {
        Etag = EntityTag.Of(Fields(install)),
        Id = install.Scope.Install.ToString(),
        Tenant = install.Scope.Tenant.Value,
        ExtensionId = install.ExtensionId,
        Version = version.Manifest.Version,
        PreviousVersion = previous?.Manifest.Version,
        Enabled = install.Enabled,
        Paused = install.Pause is not null,
        Capabilities = [.. install.Granted.Order(StringComparer.Ordinal)],
        DeclaredCapabilities = [.. version.Manifest.Capabilities.Order(StringComparer.Ordinal)],
        CreatedAt = install.CreatedAt,
        UpdatedAt = install.UpdatedAt,
    };
}

/// <summary>The version before, looked up ahead of a change whose answer may be kept inside its transaction.</summary>
internal sealed record PreviousVersion(ExtensionVersion? Version);
