using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Wasm.Tests;

/// <summary>A sandbox with components given as bytes.</summary>
internal sealed class SandboxFixture : IComponentSource, IAsyncDisposable
{
    private readonly ConcurrentDictionary<VersionId, byte[]> components = [];
    private int fetches;

    public SandboxFixture(Action<WasmSandboxOptions>? change = null, TimeProvider? time = null, ILogger<WasmSandbox>? logger = null)
    {
        var options = new WasmSandboxOptions { Slots = 2, TimeLimit = TimeSpan.FromSeconds(20) };
        change?.Invoke(options);
        Sandbox = new WasmSandbox(options, this, Telemetry, time ?? TimeProvider.System, logger ?? NullLogger<WasmSandbox>.Instance);
    }

    public EscapementTelemetry Telemetry { get; } = new();

    public WasmSandbox Sandbox { get; }

    public FakeScheduler Scheduler { get; } = new();

    public int Fetches => Volatile.Read(ref fetches);

    public ValueTask<byte[]?> GetComponentAsync(VersionId version, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref fetches);
        return new(components.GetValueOrDefault(version));
    }

    public Invocation Publish(byte[]? component, params IEnumerable<string> capabilities)
    {
        var granted = capabilities.ToFrozenSet(StringComparer.Ordinal);
        var version = new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(TimeProvider.System)),
            BundleSha256 = "",
            ComponentSha256 = component is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(component)),
            PublishedAt = TimeProvider.System.GetUtcNow(),
            Endpoints = [],
            Manifest = new Manifest { Name = "com.example.guest", Publisher = "", Version = "1.0.0", Runtime = "wasm-js@1", Capabilities = granted, Endpoints = [], Json = "{}" },
        };
        var install = new Install
        {
            Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Ids.Next(TimeProvider.System))),
            ExtensionId = "com.example.guest",
            Version = version.Id,
            Enabled = true,
            Granted = granted,
            CreatedAt = version.PublishedAt,
            UpdatedAt = version.PublishedAt,
        };
        if (component is not null)
        {
            components[version.Id] = component;
        }

        return new Invocation(new InstalledExtension(install, version), new FakeHost(Scheduler), new HandlerRequest("r-1", "POST", "/api/x", [new("x-request-id", "r-1")], "{}"u8.ToArray()));
    }

    public Task<Invoked> InvokeAsync(GuestComponent guest, params IEnumerable<string> capabilities) =>
        Sandbox.InvokeAsync(Publish(guest.ToBytes(), capabilities), CancellationToken.None).AsTask();

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Telemetry.Dispose();
    }

    private sealed record FakeHost(ISchedulerHost Scheduler) : IHostApi;
}
