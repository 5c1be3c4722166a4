using Escapement.Extensions;

namespace Escapement.StoredForms;

/// <summary>A version as its columns, and each of its endpoints as theirs.</summary>
internal static class StoredVersion
{
    /// <summary>Reads a version from what <c>get_version</c> and its like select; its endpoints are read next.</summary>
    public static ExtensionVersion Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Id = new VersionId(row.Id(0)),
            Manifest = new Manifest
            {
                Name = row.Text(1),
                Version = row.Text(2),
                Publisher = row.Text(3),
                Runtime = row.Text(4),
                Capabilities = TextSetJson.Read(row.Text(5)),
                Json = row.Text(6),
                Endpoints = [],
            },
            BundleSha256 = row.Text(7),
            ComponentSha256 = row.Text(8),
            PublishedAt = row.Time(9),
            ComponentBytes = row.Long(10),
            PublishedBy = row.Text(11),
            WithdrawnAt = row.TimeOrNull(12),
            Endpoints = [],
        };

    /// <summary>Reads an endpoint from what <c>list_endpoints</c> selects.</summary>
    public static Endpoint ReadEndpoint<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Id(0), new DeclaredEndpoint(row.Text(1), row.Text(2), row.Text(3), row.Bool(4)));

    public static ExtensionVersion WithEndpoints(ExtensionVersion version, IReadOnlyList<Endpoint> endpoints) => version with
    {
        Endpoints = endpoints,
        Manifest = version.Manifest with { Endpoints = [.. endpoints.Select(e => e.Declared)] },
    };

    /// <summary>Sets the columns of a version that is published, with a bundle of so many bytes.</summary>
    public static TValues Write<TValues>(TValues statement, ExtensionVersion version, int bundleBytes)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", version.Id.Value)
        .Set("extension", version.Manifest.Name)
        .Set("version", version.Manifest.Version)
        .Set("publisher", version.Manifest.Publisher)
        .Set("runtime", version.Manifest.Runtime)
        .Set("capabilities", TextSetJson.Write(version.Manifest.Capabilities))
        .Set("manifest", version.Manifest.Json)
        .Set("bundle_sha256", version.BundleSha256)
        .Set("component_sha256", version.ComponentSha256)
        .Set("component_bytes", version.ComponentBytes)
        .Set("published_by", version.PublishedBy)
        .Set("published_at", version.PublishedAt)
        .Set("kept_bytes", version.Manifest.StoredBytes + bundleBytes);

    /// <summary>Sets what changes of a version that was withdrawn and is published again, as another one with the same bytes.</summary>
    public static TValues WriteRestored<TValues>(TValues statement, VersionId id, ExtensionVersion again, int bundleBytes)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", id.Value)
        .Set("now", again.PublishedAt)
        .Set("publisher", again.PublishedBy)
        .Set("kept_bytes", again.Manifest.StoredBytes + bundleBytes);

    /// <summary>Sets what changes of a version that is withdrawn: its manifest is all that is kept.</summary>
    public static TValues WriteWithdrawn<TValues>(TValues statement, ExtensionVersion version, DateTimeOffset now)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", version.Id.Value)
        .Set("now", now)
        .Set("kept_bytes", version.Manifest.StoredBytes);

    public static TValues WriteEndpoint<TValues>(TValues statement, VersionId version, Endpoint endpoint)
        where TValues : IStoredValues<TValues> => statement
        .Set("version", version.Value)
        .Set("path", endpoint.Declared.Path)
        .Set("method", endpoint.Declared.Method)
        .Set("id", endpoint.Id)
        .Set("handler", endpoint.Declared.Handler)
        .Set("schedulable", endpoint.Declared.Schedulable);
}
