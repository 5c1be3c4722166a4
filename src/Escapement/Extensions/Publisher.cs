using Escapement.Access;
using Escapement.Audit;

namespace Escapement.Extensions;

/// <summary>Publishes bundles. A version is immutable: the same bytes again are fine, other bytes are refused.</summary>
public sealed class Publisher
{
    private readonly IVersionStore versions;
    private readonly TimeProvider time;

    /// <summary>Makes a publisher over a store.</summary>
    internal Publisher(IVersionStore versions, TimeProvider time)
    {
        this.versions = versions;
        this.time = time;
    }

    /// <summary>Reads a <c>.tar.zst</c> bundle, and stores it if nothing is wrong with it.</summary>
    public ValueTask<Result<Publication>> PublishAsync(ReadOnlyMemory<byte> bundle, Actor actor, CancellationToken cancellationToken = default) =>
        PublishAsync(bundle, actor, by: null, cancellationToken);

    /// <summary>The same, if the caller may publish the extension that the bundle is of.</summary>
    internal async ValueTask<Result<Publication>> PublishAsync(
        ReadOnlyMemory<byte> bundle, Actor actor, EscapementPrincipal? by, CancellationToken cancellationToken)
    {
        var reading = BundleReader.Read(bundle);
        if (!reading.IsOk)
        {
            return new Result<Publication>(reading.Problems);
        }

        var read = reading.Value;
        if (by?.SeesExtension(read.Manifest.Name) == false)
        {
            return new Result<Publication>([new Problem("$.name", "not-allowed", $"The caller may not publish {read.Manifest.Name}")]);
        }

        var version = new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(time)),
            Manifest = read.Manifest,
            Endpoints = [.. read.Manifest.Endpoints.Select(e => new Endpoint(Ids.Next(time), e))],
            BundleSha256 = read.BundleSha256,
            ComponentSha256 = read.ComponentSha256,
            PublishedAt = time.GetUtcNow(),
        };
        var entry = AuditEntry.Of(
            time,
            scope: null,
            actor,
            "version.publish",
            version.Id.ToString(),
            detail: $"{version.Manifest.Name} {version.Manifest.Version}, sha256 {version.BundleSha256}");
        return await versions.PublishAsync(version, bundle, entry, cancellationToken) switch
        {
            PublishOutcome.Published done => new(new Publication(done.Version, done.IsNew, read.Warnings)),
            _ => new([new Problem(
                "$.version",
                "version-taken",
                $"{version.Manifest.Name} {version.Manifest.Version} is published with other bytes, "
                + "and versions are immutable; raise the version")]),
        };
    }
}

/// <summary>What a publication came to.</summary>
/// <param name="Version">The version.</param>
/// <param name="IsNew">False when the very same bundle was there already.</param>
/// <param name="Warnings">What the manifest holds that this host does not know.</param>
public sealed record Publication(ExtensionVersion Version, bool IsNew, IReadOnlyList<Problem> Warnings);
