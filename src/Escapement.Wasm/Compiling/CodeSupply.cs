using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Compiling;

/// <summary>Where a sandbox has native code from: what is kept, what is being made, and what becomes of a version that has none.</summary>
internal sealed record CodeSupply(CompiledLibrary Library, ComponentCompilations Compilations, MissingCode Missing)
{
    /// <param name="options">The limits.</param>
    /// <param name="folder">Where this node keeps code; null for nowhere.</param>
    /// <param name="source">Where components come from.</param>
    /// <param name="stores">Where it is kept how far compilations are.</param>
    /// <param name="compiler">Makes code.</param>
    /// <param name="telemetry">Gets compilations.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The operator's log.</param>
    public static CodeSupply Open(
        WasmSandboxOptions options,
        string? folder,
        IComponentSource source,
        CompilationStores stores,
        IComponentCompiler compiler,
        SandboxTelemetry telemetry,
        TimeProvider time,
        ILogger logger)
    {
        var engine = new EngineSettings(options).Key;
        var cache = new CompiledCache(folder, engine, options.CacheRetention, time, logger, options.CacheMaxBytes);
        var library = new CompiledLibrary(engine, cache, stores.Code, new SealKey(stores.Compilations, time), options.CacheRetention, time);
        var compilations = new ComponentCompilations(engine, stores, source, library, compiler, telemetry, time, logger);
        return new CodeSupply(library, compilations, new MissingCode(compilations, logger));
    }
}
