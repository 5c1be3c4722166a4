using Escapement.Audit;

namespace Escapement.Extensions;

/// <summary>The published versions, which are the same for all tenants.</summary>
internal interface IVersionStore
{
    /// <summary>
    /// Adds a version with its bundle and endpoints. The same bundle again answers the version that is there, or brings back the one that
    /// was withdrawn.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="bundle">Its bundle.</param>
    /// <param name="audit">The entry of the publication.</param>
    /// <param name="quota">
    /// How many bytes of bundles its publisher may have published and not withdrawn, this one's among them. Who publishes on several nodes at once may come
    /// past it by as many bundles.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<PublishOutcome> PublishAsync(
        ExtensionVersion version,
        ReadOnlyMemory<byte> bundle,
        AuditEntry audit,
        long quota = long.MaxValue,
        CancellationToken cancellationToken = default);

    /// <summary>All versions of all extensions that were not withdrawn, by extension then publication.</summary>
    ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One version, also one that was withdrawn, or null.</summary>
    ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken = default);

    /// <summary>One version by its names, also one that was withdrawn, or null.</summary>
    ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken = default);

    /// <summary>The bytes of a version's bundle, or null.</summary>
    ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken = default);

    /// <summary>Withdraws a version that nobody has installed: its bundle goes, its number stays taken.</summary>
    ValueTask<WithdrawOutcome> WithdrawAsync(ExtensionVersion version, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken = default);
}

/// <summary>How a publication ended.</summary>
internal abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <summary>Why nothing was stored; null when it is there.</summary>
    public string? Refusal => this switch
    {
        OtherBytes => "The version is published with other bytes",
        OverQuota => "The publisher has published as many bytes as it may",
        _ => null,
    };

    /// <summary>It is published now, or was already with the same bytes.</summary>
    /// <param name="Version">As it is stored.</param>
    /// <param name="IsNew">Whether this call stored it.</param>
    public sealed record Published(ExtensionVersion Version, bool IsNew) : PublishOutcome;

    /// <summary>The version number is taken by other bytes; versions are immutable.</summary>
    public sealed record OtherBytes(ExtensionVersion Existing) : PublishOutcome;

    /// <summary>Its publisher would have more bytes of bundles than it may.</summary>
    /// <param name="Used">Those that there are.</param>
    public sealed record OverQuota(long Used) : PublishOutcome;
}

/// <summary>How a withdrawal ended.</summary>
internal abstract record WithdrawOutcome
{
    private WithdrawOutcome()
    {
    }

    /// <summary>Why it was not withdrawn; null when it was.</summary>
    public string? Refusal => this is Installed ? "The version is installed" : null;

    /// <summary>It is withdrawn now.</summary>
    public sealed record Withdrawn : WithdrawOutcome;

    /// <summary>Some tenants have it installed, or can go back to it.</summary>
    public sealed record Installed(long Installs) : WithdrawOutcome;
}
