using Escapement.Audit;

namespace Escapement.Extensions;

/// <summary>The published versions, which are the same for all tenants.</summary>
internal interface IVersionStore
{
    /// <summary>Adds a version with its bundle and endpoints. The same bundle again answers the version that is there.</summary>
    ValueTask<PublishOutcome> PublishAsync(
        ExtensionVersion version, ReadOnlyMemory<byte> bundle, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>All versions of all extensions, by extension then publication.</summary>
    ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One version, or null.</summary>
    ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken = default);

    /// <summary>One version by its names, or null.</summary>
    ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken = default);

    /// <summary>The bytes of a version's bundle, or null.</summary>
    ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken = default);
}

/// <summary>How a publication ended.</summary>
internal abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <summary>Why nothing was stored; null when it is there.</summary>
    public string? Refusal => this is OtherBytes ? "The version is published with other bytes" : null;

    /// <summary>It is published now, or was already with the same bytes.</summary>
    /// <param name="Version">As it is stored.</param>
    /// <param name="IsNew">Whether this call stored it.</param>
    public sealed record Published(ExtensionVersion Version, bool IsNew) : PublishOutcome;

    /// <summary>The version number is taken by other bytes; versions are immutable.</summary>
    public sealed record OtherBytes(ExtensionVersion Existing) : PublishOutcome;
}
