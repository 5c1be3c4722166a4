using System.Collections.Frozen;
using System.Security.Cryptography;
using Escapement.Extensions;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Sandbox;

namespace Escapement.Bench.Sandbox;

internal sealed class FileSource(string path) : IComponentSource
{
    private readonly byte[] component = File.ReadAllBytes(path);

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(component));

    public ValueTask<byte[]?> GetComponentAsync(VersionId version, CancellationToken cancellationToken = default) => new(component);
}

/// <summary>What the firing path hands to the sandbox for a heartbeat.</summary>
internal static class Invocations
{
    public static Invocation Make(string path, string componentSha256)
    {
        var capabilities = FrozenSet.Create(StringComparer.Ordinal, Capability.LogEmit, Capability.ContextRead);
        var now = TimeProvider.System.GetUtcNow();
        var version = new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(TimeProvider.System)),
            BundleSha256 = "",
            ComponentSha256 = componentSha256,
            PublishedAt = now,
            Endpoints = [],
            Manifest = new Manifest
            {
                Name = "com.example.bench", Publisher = "", Version = "1.0.0", Runtime = "wasm-js@1",
                Capabilities = capabilities, Endpoints = [], Json = "{}",
            },
        };
        var install = new Install
        {
            Scope = new InstallScope(TenantId.Parse("bench"), new InstallId(Ids.Next(TimeProvider.System))),
            ExtensionId = "com.example.bench", Version = version.Id, Enabled = true, Granted = capabilities,
            CreatedAt = now, UpdatedAt = now,
        };
        return new Invocation(new InstalledExtension(install, version), new NoHost(), new HandlerRequest(
            "0198-bench",
            "POST",
            path,
            [
                new("content-type", "application/json"), new("x-request-id", "r"), new("x-idempotency-key", "k"),
                new("x-alga-tenant", "bench"), new("x-alga-extension", "com.example.bench"), new("x-scheduler-trigger", "schedule"),
                new("x-scheduler-schedule-id", "s"), new("x-scheduler-due-at", "2026-01-01T00:00:00.000Z"), new("x-scheduler-attempt", "1"),
            ],
            """{"source":"bench","full":false}"""u8.ToArray()));
    }

    private sealed class NoHost : IHostApi
    {
        public T Get<T>()
            where T : class => throw new InvalidOperationException("A heartbeat asks nothing of the host.");
    }
}
