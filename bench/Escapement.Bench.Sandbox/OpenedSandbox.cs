using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Sqlite;
using Escapement.Storage;
using Escapement.Telemetry;
using Escapement.Wasm;
using Escapement.Wasm.Compiling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Bench.Sandbox;

/// <summary>A sandbox with a store beside its cache, which holds the key of the cache's seals.</summary>
internal sealed class OpenedSandbox : IAsyncDisposable
{
    private readonly IStore store;
    private readonly ICompilingSandbox sandbox;

    private OpenedSandbox(IStore store, ICompilingSandbox sandbox)
    {
        this.store = store;
        this.sandbox = sandbox;
    }

    public ISandbox Sandbox => sandbox;

    public static async Task<OpenedSandbox> OpenAsync(Subject subject, FileSource source, EscapementTelemetry telemetry, string cache)
    {
        IStore store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = Path.Combine(cache, "store") }, TimeProvider.System);
        var stores = new CompilationStores(store.Compilations, store.CompiledCode, store.Installs);
        var options = new WasmSandboxOptions { CacheDirectory = cache, Isolation = subject.Isolation, Workers = subject.Workers };
        return new OpenedSandbox(store, subject.Isolation == SandboxIsolation.InProcess
            ? new WasmSandbox(options, source, stores, telemetry, TimeProvider.System, NullLogger<WasmSandbox>.Instance)
            : new WorkerSandbox(options, source, stores, telemetry, TimeProvider.System, NullLogger<WorkerSandbox>.Instance));
    }

    /// <summary>The first call: with a cold cache it has the component compiled, and is made again until that has ended.</summary>
    public async Task<Invoked> CallAsync(Invocation invocation)
    {
        while (true)
        {
            var invoked = await sandbox.InvokeAsync(invocation, default);
            if (invoked.Result is not InvocationResult.NotReady { Reason: RunReason.Compiling })
            {
                return invoked;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        await store.DisposeAsync();
    }
}
