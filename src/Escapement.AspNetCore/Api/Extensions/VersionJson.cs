using System.Text.Json;
using Escapement.Compiling;
using Escapement.Extensions;

namespace Escapement.AspNetCore.Api.Extensions;

internal sealed record EndpointJson(string Id, string Method, string Path, string Handler, bool Schedulable)
{
    public static EndpointJson Of(Endpoint e) => new(e.Id.ToString(), e.Declared.Method, e.Declared.Path, e.Declared.Handler, e.Declared.Schedulable);
}

/// <summary>How far a version's component is on its way to being run.</summary>
/// <param name="State"><c>pending</c>, <c>compiling</c>, <c>compiled</c> or <c>refused</c>; only a compiled version can be installed.</param>
/// <param name="StartedAt">When it began; absent before.</param>
/// <param name="Seconds">How long it took; absent until it ended.</param>
/// <param name="Error">Why it was refused.</param>
/// <param name="TriedAgainAt">When one that was refused is tried again, which may be no fault of its own; absent for never.</param>
/// <param name="OnThisNode">Whether the node that answers has the code of a compiled one; absent of others.</param>
internal sealed record CompilationJson(
    string State, DateTimeOffset? StartedAt, double? Seconds, string? Error, DateTimeOffset? TriedAgainAt, bool? OnThisNode)
{
    public static CompilationJson Of(Compilation c) => new(
        Word(c.State),
        c.StartedAt,
        c.Took?.TotalSeconds,
        c.Reason,
        c.TriedAgainAt,
        c.State == CompilationState.Compiled ? c.IsHere : null);

    private static string Word(CompilationState state) => state switch
    {
        CompilationState.Pending => "pending",
        CompilationState.Compiling => "compiling",
        CompilationState.Compiled => "compiled",
        _ => "refused",
    };
}

internal sealed record VersionJson
{
    /// <summary>Its id: the <c>versionId</c> of what it ran.</summary>
    public required string Id { get; init; }

    public required string ExtensionId { get; init; }

    public required string Version { get; init; }

    public required string Publisher { get; init; }

    /// <summary>SHA-256 of the bundle.</summary>
    public required string Sha256 { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyList<EndpointJson> Endpoints { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>How far its component is; it is compiled in the background from its publication on.</summary>
    public required CompilationJson Compilation { get; init; }

    /// <summary>The manifest as it was published; only when one version is asked for.</summary>
    public JsonElement? Manifest { get; init; }

    /// <summary>What the manifest holds, and the component imports, that this host does not know; only after publishing.</summary>
    public IReadOnlyList<Problem>? Warnings { get; init; }

    public static VersionJson Of(ExtensionVersion v, Compilation compilation) => new()
    {
        Id = v.Id.ToString(),
        ExtensionId = v.Manifest.Name,
        Version = v.Manifest.Version,
        Publisher = v.Manifest.Publisher,
        Sha256 = v.BundleSha256,
        Capabilities = [.. v.Manifest.Capabilities.Order(StringComparer.Ordinal)],
        Endpoints = [.. v.Endpoints.Select(EndpointJson.Of)],
        PublishedAt = v.PublishedAt,
        Compilation = CompilationJson.Of(compilation),
    };
}

/// <summary>An extension with its versions, in the order of publication.</summary>
internal sealed record ExtensionJson(string Id, IReadOnlyList<VersionJson> Versions);
