using Escapement.Extensions;

namespace Escapement.Installs;

/// <summary>Finding the version that is meant, and what is said when it cannot be had.</summary>
internal static class VersionNames
{
    /// <summary>The version of an extension that was published last; null when none is.</summary>
    public static async ValueTask<ExtensionVersion?> LastAsync(IVersionStore versions, string extensionId, CancellationToken cancellationToken) =>
        (await versions.ListAsync(cancellationToken)).Where(v => v.Manifest.Name == extensionId).MaxBy(v => v.PublishedAt);

    /// <summary>That it is not published, and what was meant if that can be told.</summary>
    public static async ValueTask<Problem> NotPublishedAsync(
        IVersionStore versions, string extensionId, string? version, CancellationToken cancellationToken)
    {
        var ids = (await versions.ListAsync(cancellationToken)).Select(v => v.Manifest.Name).Distinct(StringComparer.Ordinal).ToList();
        var hint = Nearest.Of(extensionId, ids) is { } meant && meant != extensionId ? $" Did you mean {meant}?" : "";
        return version is null || !ids.Contains(extensionId)
            ? new Problem("extensionId", "not-found", $"Extension {Excerpt.Plain(extensionId)} is not published; publish its bundle first.{hint}")
            : new Problem("version", "not-found", $"Version {Excerpt.Plain(version)} of extension {extensionId} is not published; publish its bundle first");
    }

    public static Problem Withdrawn(ExtensionVersion version) =>
        new("version", "not-found", $"Version {version.Manifest.Version} of extension {version.Manifest.Name} was withdrawn");
}
