using System.Globalization;
using Escapement.Access;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;

namespace Escapement.Publishing;

/// <summary>
/// Publishes bundles. A version is immutable: the same bytes again are fine, other bytes are refused. Its compilation starts at once, in the
/// background.
/// </summary>
public sealed class Publisher
{
    private static readonly Problem NotPublished = new("version", "not-found", "This version is not published");

    private readonly IVersionStore versions;
    private readonly ICompilations compilations;
    private readonly AuditLog audit;
    private readonly TimeProvider time;
    private readonly string folder;
    private readonly PublisherQuota quota;

    /// <summary>Makes a publisher over a store.</summary>
    /// <param name="versions">Where versions are kept.</param>
    /// <param name="compilations">Compiles them.</param>
    /// <param name="audit">Takes what was refused; of one kind within a minute it is one entry.</param>
    /// <param name="time">The clock.</param>
    /// <param name="folder">Where a bundle lies while it is looked at.</param>
    /// <param name="maxBytes">How many bytes may be kept of what one publisher has published.</param>
    internal Publisher(
        IVersionStore versions, ICompilations compilations, AuditLog audit, TimeProvider time, string folder, long maxBytes = long.MaxValue)
    {
        this.audit = audit;
        quota = new PublisherQuota(maxBytes, compilations.AreStored ? PublisherQuota.MostWaiting : long.MaxValue);
        this.folder = folder;
        this.versions = versions;
        this.compilations = compilations;
        this.time = time;
    }

    /// <summary>
    /// Reads a <c>.tar.zst</c> bundle, and stores it if nothing is wrong with it. What memory that takes is bounded by the size of the bundle,
    /// whatever comes out of it.
    /// </summary>
    public ValueTask<Result<Publication>> PublishAsync(Stream bundle, Actor actor, CancellationToken cancellationToken = default) =>
        PublishAsync(bundle, actor, by: null, cancellationToken);

    /// <summary>The same, if the caller may publish the extension that the bundle is of.</summary>
    internal async ValueTask<Result<Publication>> PublishAsync(Stream bundle, Actor actor, EscapementPrincipal? by, CancellationToken cancellationToken)
    {
        await using var received = await ReceivedBundle.ReceiveAsync(bundle, folder, BundleLimits.Default.MaxCompressed, cancellationToken);
        var reading = await Task.Run(
            () => BundleReader.Read(received.Open(), received.Length, received.Sha256, BundleLimits.Default), cancellationToken);
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
            ComponentBytes = read.ComponentBytes,
            PublishedBy = actor.Id,
            PublishedAt = time.GetUtcNow(),
        };
        var entry = AuditEntry.Of(
            time,
            scope: null,
            actor,
            "version.publish",
            version.Id.ToString(),
            detail: $"{version.Manifest.Name} {version.Manifest.Version}, sha256 {version.BundleSha256}");
        var bytes = await received.ReadAllAsync(cancellationToken);
        var outcome = await versions.PublishAsync(version, bytes, entry, quota, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            await audit.RecordAsync(entry.Refused(refusal, outcome.GetType().Name), cancellationToken);
        }

        if (outcome is PublishOutcome.OverQuota(var kept, var more))
        {
            return new([new Problem(
                "publisher",
                "quota-exceeded",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kept} bytes of bundles and manifests are kept of {actor.Id}, of {quota.Bytes} that may be (MaxBytesPerPublisher), and this would be "
                    + $"{more} more; withdraw versions that nobody has installed, of which the manifests stay"))]);
        }

        if (outcome is PublishOutcome.OverWaiting(var waiting))
        {
            return new([new Problem(
                "publisher",
                "quota-exceeded",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{waiting} versions of {actor.Id} wait to be compiled, of {quota.Waiting} that may; wait until they are compiled, or withdraw some"))]);
        }

        if (outcome is not PublishOutcome.Published published)
        {
            return new([new Problem(
                "$.version",
                "version-taken",
                $"{version.Manifest.Name} {version.Manifest.Version} is published with other bytes, "
                + "and versions are immutable; raise the version")]);
        }

        var compilation = await compilations.GetAsync(published.Version, cancellationToken);
        if (compilation.State < CompilationState.Compiled)
        {
            compilations.Want(published.Version, CompileFor.Publisher);
        }

        return new(new Publication(published.Version, compilation, published.IsNew, read.Warnings));
    }

    /// <summary>
    /// Withdraws a version that nobody has installed: its bundle goes, a compilation of it ends, and its number stays taken: only the same
    /// bytes can be published under it again.
    /// </summary>
    public async ValueTask<Result<ExtensionVersion>> WithdrawAsync(
        string extensionId, string version, Actor actor, CancellationToken cancellationToken = default)
    {
        if (await versions.FindAsync(extensionId, version, cancellationToken) is not { WithdrawnAt: null } found)
        {
            return new([NotPublished]);
        }

        var now = time.GetUtcNow();
        var entry = AuditEntry.Of(
            time, scope: null, actor, "version.withdraw", found.Id.ToString(), detail: $"{extensionId} {version}, sha256 {found.BundleSha256}");
        var outcome = await versions.WithdrawAsync(found, now, entry, cancellationToken);
        if (outcome is WithdrawOutcome.WithdrawnAlready)
        {
            return new([NotPublished]);
        }

        if (outcome is WithdrawOutcome.Installed { Refusal: var refusal } installed)
        {
            await audit.RecordAsync(entry.Refused(refusal), cancellationToken);
            return new([new Problem(
                "version",
                "version-installed",
                $"{extensionId} {version} is installed {installed.Installs} times; it can be withdrawn when nobody has it any more")]);
        }

        await compilations.ForgetAsync(found, cancellationToken);
        return new(found with { WithdrawnAt = now });
    }
}

/// <summary>What a publication came to.</summary>
/// <param name="Version">The version.</param>
/// <param name="Compilation">How far its compilation is; it goes on without the caller.</param>
/// <param name="IsNew">False when the very same bundle was there already.</param>
/// <param name="Warnings">What the manifest holds, and the component imports, that this host does not know.</param>
public sealed record Publication(ExtensionVersion Version, Compilation Compilation, bool IsNew, IReadOnlyList<Problem> Warnings);
