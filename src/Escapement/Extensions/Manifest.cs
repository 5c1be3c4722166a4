using System.Collections.Frozen;
using System.Text;

namespace Escapement.Extensions;

/// <summary>What a version says of itself (manifest v2, contract section 4), read and found good by <c>ManifestReader</c>.</summary>
public sealed record Manifest
{
    /// <summary>The extension's id, in reverse-domain form, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Who publishes it; may be empty.</summary>
    public required string Publisher { get; init; }

    /// <summary>The version, semver 2.</summary>
    public required string Version { get; init; }

    /// <summary>The runtime, <c>wasm-js@1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The capabilities it declares, normalised.</summary>
    public required FrozenSet<string> Capabilities { get; init; }

    /// <summary>Its endpoints, by path then method.</summary>
    public required IReadOnlyList<DeclaredEndpoint> Endpoints { get; init; }

    /// <summary>The document as it was published, unknown fields included.</summary>
    public required string Json { get; init; }

    /// <summary>How many bytes of a store the document takes.</summary>
    internal long StoredBytes => Encoding.UTF8.GetByteCount(Json);
}

/// <summary>An endpoint as the manifest declares it.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">Starts with a slash; <c>:name</c> and <c>{name}</c> mark parameters.</param>
/// <param name="Handler">The extension's own name for what handles it.</param>
/// <param name="Schedulable">GET or POST, no path parameter, and not declared <c>schedulable: false</c>.</param>
public sealed record DeclaredEndpoint(string Method, string Path, string Handler, bool Schedulable)
{
    /// <summary>The pair that names it.</summary>
    public EndpointKey Key => new(Method, Path);
}

/// <summary>A declared endpoint of a published version.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Declared">What the manifest says.</param>
public sealed record Endpoint(Guid Id, DeclaredEndpoint Declared);

/// <summary>One immutable, published bundle of an extension.</summary>
public sealed record ExtensionVersion
{
    /// <summary>Its id.</summary>
    public required VersionId Id { get; init; }

    /// <summary>The manifest.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>The endpoints with their ids, by path then method.</summary>
    public required IReadOnlyList<Endpoint> Endpoints { get; init; }

    /// <summary>SHA-256 of the bundle, lower-case hex.</summary>
    public required string BundleSha256 { get; init; }

    /// <summary>SHA-256 of the component in it, lower-case hex; names the compiled component in the cache.</summary>
    public required string ComponentSha256 { get; init; }

    /// <summary>How large the component is, in bytes.</summary>
    public long ComponentBytes { get; init; }

    /// <summary>Who published it: the name of the token, or of the user. Empty when nobody says.</summary>
    public string PublishedBy { get; init; } = "";

    /// <summary>When it was published.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it was withdrawn: its bundle is gone, and its number is taken for good. Null for one that can be installed.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
