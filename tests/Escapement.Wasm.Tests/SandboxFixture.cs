using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Escapement.Extensions;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Compiling;
using Escapement.Wasm.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Wasm.Tests;

/// <summary>A sandbox with components given as bytes.</summary>
internal sealed class SandboxFixture : IComponentSource, IAsyncDisposable
{
    private readonly ConcurrentDictionary<VersionId, byte[]> components = [];
    private int fetches;

    public SandboxFixture(
        SandboxIsolation isolation,
        Action<WasmSandboxOptions>? change = null,
        TimeProvider? time = null,
        ILogger? logger = null,
        FakeCompilationStore? compilations = null)
    {
        Compilations = compilations ?? new FakeCompilationStore();
        var stores = new CompilationStores(Compilations, Compilations.Code, new FakeInstalls());
        var options = new WasmSandboxOptions { Slots = 2, TimeLimit = TimeSpan.FromSeconds(20), Isolation = isolation };
        change?.Invoke(options);
        var log = new LoggerOf(logger ?? NullLogger.Instance);
        Sandbox = new PatientSandbox(isolation == SandboxIsolation.InProcess
            ? new WasmSandbox(options, this, stores, Telemetry, time ?? TimeProvider.System, log)
            : new WorkerSandbox(options, this, stores, Telemetry, time ?? TimeProvider.System, log));
    }

    public EscapementTelemetry Telemetry { get; } = new();

    public FakeCompilationStore Compilations { get; }

    public PatientSandbox Sandbox { get; }

    /// <summary>The sandbox's workers, where it has any.</summary>
    public WorkerPool Workers => ((WorkerSandbox)Sandbox.Inner).Pool;

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
        var version = SomeVersion.Of(
            new VersionId(Ids.Next(TimeProvider.System)),
            component is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(component)),
            component?.Length ?? 0,
            granted);
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

        var request = new HandlerRequest("r-1", "POST", "/api/x", [new("x-request-id", "r-1")], "{}"u8.ToArray());
        return new Invocation(new InstalledExtension(install, version), new FakeHost(Scheduler), request);
    }

    public Task<Invoked> InvokeAsync(GuestComponent guest, params IEnumerable<string> capabilities) =>
        Sandbox.InvokeAsync(Publish(guest.ToBytes(), capabilities), CancellationToken.None).AsTask();

    /// <summary>What the guest's memory held when it answered; it answers by <see cref="GuestComponent.AnswerMemory"/>.</summary>
    public async Task<(GuestMemory Memory, RunEvidence Evidence)> CallAsync(Invocation invocation)
    {
        var invoked = await Sandbox.InvokeAsync(invocation, CancellationToken.None);
        Assert.True(invoked.Result is not InvocationResult.Failed, (invoked.Result as InvocationResult.Failed)?.Message);
        return (new GuestMemory(Assert.IsType<InvocationResult.Responded>(invoked.Result).Response.Body!.Value), invoked.Evidence);
    }

    public async Task<GuestMemory> CallAsync(GuestComponent guest) => (await CallAsync(Publish(guest.ToBytes()))).Memory;

    public async Task AnswersStillAsync() => Assert.IsType<InvocationResult.Responded>((await InvokeAsync(new GuestComponent())).Result);

    public static InvocationResult.Failed Failed(Invoked invoked) => Assert.IsType<InvocationResult.Failed>(invoked.Result);

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Telemetry.Dispose();
    }

    private sealed class FakeHost(params object[] capabilities) : IHostApi
    {
        public T Get<T>()
            where T : class => capabilities.OfType<T>().Single();
    }

    private sealed class LoggerOf(ILogger inner) : ILogger<WasmSandbox>, ILogger<WorkerSandbox>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
