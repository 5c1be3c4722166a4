using System.Text.Json;
using Escapement.Extensions;

namespace Escapement.AspNetCore.Api.Extensions;

internal sealed record EndpointJson(string Id, string Method, string Path, string Handler, bool Schedulable)
{
    public static EndpointJson Of(Endpoint e) => new(e.Id.ToString(), e.Declared.Method, e.Declared.Path, e.Declared.Handler, e.Declared.Schedulable);
}

internal sealed record VersionJson
{
    public required string ExtensionId { get; init; }

    public required string Version { get; init; }

    public required string Publisher { get; init; }

    /// <summary>SHA-256 of the bundle.</summary>
    public required string Sha256 { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyList<EndpointJson> Endpoints { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The manifest as it was published; only when one version is asked for.</summary>
    public JsonElement? Manifest { get; init; }

    /// <summary>What the manifest holds that this host does not know; only after publishing.</summary>
    public IReadOnlyList<Problem>? Warnings { get; init; }

    public static VersionJson Of(ExtensionVersion v) => new()
    {
        ExtensionId = v.Manifest.Name,
        Version = v.Manifest.Version,
        Publisher = v.Manifest.Publisher,
        Sha256 = v.BundleSha256,
        Capabilities = [.. v.Manifest.Capabilities.Order(StringComparer.Ordinal)],
        Endpoints = [.. v.Endpoints.Select(EndpointJson.Of)],
        PublishedAt = v.PublishedAt,
    };
}

/// <summary>An extension with its versions, in the order of publication.</summary>
internal sealed record ExtensionJson(string Id, IReadOnlyList<VersionJson> Versions);
