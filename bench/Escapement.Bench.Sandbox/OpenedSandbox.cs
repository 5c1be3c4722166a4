using Escapement.Sandbox;
using Escapement.Sqlite;
using Escapement.Storage;
using Escapement.Telemetry;
using Escapement.Wasm;
using Escapement.Wasm.Compiling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Bench.Sandbox;

/// <summary>A sandbox with a store beside its cache, which holds the key of the cache's seals.</summary>
internal static class OpenedSandbox
{
    public static async Task<IStore> OpenStoreAsync(string cache) =>
        await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = Path.Combine(cache, "store") }, TimeProvider.System);

    public static WasmSandbox Make(WasmSandboxOptions options, IComponentSource source, IStore store, EscapementTelemetry telemetry) => new(
        options,
        source,
        new CompilationStores(store.Compilations, store.CompiledCode, store.Installs),
        telemetry,
        TimeProvider.System,
        NullLogger<WasmSandbox>.Instance);

    /// <summary>The first call: with a cold cache it has the component compiled, and is made again until that has ended.</summary>
    public static async Task<Invoked> CallAsync(WasmSandbox sandbox, Invocation invocation)
    {
        while (true)
        {
            var invoked = await sandbox.InvokeAsync(invocation, default);
            if (invoked.Result is not InvocationResult.NotCompiled)
            {
                return invoked;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
