using System.Collections.Frozen;
using Escapement.Extensions;

namespace Escapement.Wasm.Tests;

/// <summary>Versions of which nothing matters but their component.</summary>
internal static class SomeVersion
{
    public static ExtensionVersion Of(VersionId id, string component, long bytes = 0, FrozenSet<string>? capabilities = null) => new()
    {
        Id = id,
        BundleSha256 = "",
        ComponentBytes = bytes,
        ComponentSha256 = component,
        PublishedAt = TimeProvider.System.GetUtcNow(),
        Endpoints = [],
        Manifest = new Manifest
        {
            Name = "com.example.guest",
            Publisher = "",
            Version = "1.0.0",
            Runtime = "wasm-js@1",
            Capabilities = capabilities ?? [],
            Endpoints = [],
            Json = "{}",
        },
    };
}
