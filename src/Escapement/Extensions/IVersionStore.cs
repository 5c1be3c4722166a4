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
    /// <param name="audit">The entry of the publication; what changes nothing is no change and leaves none.</param>
    /// <param name="quota">How much there may be of its publisher, with this one; null for as much as there is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<PublishOutcome> PublishAsync(
        ExtensionVersion version,
        ReadOnlyMemory<byte> bundle,
        AuditEntry audit,
        PublisherQuota? quota = null,
        CancellationToken cancellationToken = default);

    /// <summary>All versions of all extensions that were not withdrawn, by extension then publication.</summary>
    ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One version, also one that was withdrawn, or null.</summary>
    ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken = default);

    /// <summary>One version by its names, also one that was withdrawn, or null.</summary>
    ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken = default);

    /// <summary>The bytes of a version's bundle, or null.</summary>
    ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken = default);

    /// <summary>Withdraws a version that nobody has installed: its bundle goes, its number stays taken. A refusal leaves no audit entry.</summary>
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
        OverQuota => "As many bytes are kept of the publisher as may be",
        OverWaiting => "As many versions of the publisher wait to be compiled as may",
        _ => null,
    };

    /// <summary>What a version comes to whose number is taken; null for one that is new, or comes back after it was withdrawn.</summary>
    public static PublishOutcome? OfExisting(ExtensionVersion? existing, ExtensionVersion version) => existing is null ? null
        : existing.BundleSha256 != version.BundleSha256 ? new OtherBytes(existing)
        : existing.WithdrawnAt is null ? new Published(existing, false)
        : null;

    /// <summary>Whether a version that is new, or comes back, is more than its publisher may have.</summary>
    /// <param name="version">The version.</param>
    /// <param name="bundle">How many bytes its bundle has.</param>
    /// <param name="withdrawn">The one that comes back; null for one that is new.</param>
    /// <param name="there">What there is of its publisher. The manifest of what it published itself and that comes back is among it.</param>
    /// <param name="quota">What there may be.</param>
    public static PublishOutcome? OfQuota(
        ExtensionVersion version, int bundle, ExtensionVersion? withdrawn, (long Bytes, long Waiting) there, PublisherQuota quota)
    {
        var more = bundle + (withdrawn?.PublishedBy == version.PublishedBy ? 0 : version.Manifest.StoredBytes);
        return more > quota.Bytes - there.Bytes ? new OverQuota(there.Bytes, more)
            : there.Waiting >= quota.Waiting ? new OverWaiting(there.Waiting)
            : null;
    }

    /// <summary>It is published now, or was already with the same bytes.</summary>
    /// <param name="Version">As it is stored.</param>
    /// <param name="IsNew">Whether this call stored it.</param>
    public sealed record Published(ExtensionVersion Version, bool IsNew) : PublishOutcome;

    /// <summary>The version number is taken by other bytes; versions are immutable.</summary>
    public sealed record OtherBytes(ExtensionVersion Existing) : PublishOutcome;

    /// <summary>More bytes would be kept of its publisher than may be.</summary>
    /// <param name="Kept">Those that are.</param>
    /// <param name="More">Those that it would add.</param>
    public sealed record OverQuota(long Kept, long More) : PublishOutcome;

    /// <summary>As many versions of its publisher wait for their first compilation as may.</summary>
    /// <param name="Waiting">How many.</param>
    public sealed record OverWaiting(long Waiting) : PublishOutcome;
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

    /// <summary>Another has withdrawn it meanwhile.</summary>
    public sealed record WithdrawnAlready : WithdrawOutcome;
}
