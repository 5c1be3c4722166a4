using Escapement.Sandbox;
using Escapement.SourceMaps;
using Escapement.Wasm;

namespace Escapement.AspNetCore.Components;

/// <summary>The worker processes behind a sandbox.</summary>
internal static class SandboxWorkers
{
    /// <summary>Null for a sandbox that runs guests otherwise.</summary>
    public static WorkerSandbox? Workers(this ISandbox sandbox) => (sandbox as SourceMappedSandbox)?.Inner as WorkerSandbox;
}
