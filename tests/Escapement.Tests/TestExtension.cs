using System.Collections.Frozen;
using Escapement.Extensions;
using Escapement.Installs;

namespace Escapement.Tests;

/// <summary>An installed extension, for what asks nothing of it but what it may.</summary>
internal static class TestExtension
{
    public static InstalledExtension Of(VersionId version, params string[] granted)
    {
        var now = TimeProvider.System.GetUtcNow();
        var capabilities = granted.ToFrozenSet(StringComparer.Ordinal);
        var published = new ExtensionVersion
        {
            Id = version,
            BundleSha256 = "",
            ComponentSha256 = "",
            PublishedAt = now,
            Endpoints = [],
            Manifest = new Manifest
            {
                Name = "com.example.sync",
                Publisher = "",
                Version = "1.0.0",
                Runtime = "wasm-js@1",
                Capabilities = capabilities,
                Endpoints = [],
                Json = "{}",
            },
        };
        var install = new Install
        {
            Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Ids.Next(TimeProvider.System))),
            ExtensionId = "com.example.sync",
            Version = version,
            Enabled = true,
            Granted = capabilities,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return new InstalledExtension(install, published);
    }
}
