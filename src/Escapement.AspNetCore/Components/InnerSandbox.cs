using Escapement.Sandbox;
using Escapement.SourceMaps;
using Escapement.Wasm;

namespace Escapement.AspNetCore.Components;

/// <summary>What is behind the host's own sandbox.</summary>
internal static class InnerSandbox
{
    /// <summary>The worker processes; null for a sandbox that runs guests otherwise.</summary>
    public static WorkerSandbox? Workers(this ISandbox sandbox) => Own(sandbox)?.Inner as WorkerSandbox;

    /// <summary>The one that compiles.</summary>
    public static ICompilingSandbox Compiling(this ISandbox sandbox) => (ICompilingSandbox)Own(sandbox)!.Inner;

    private static SourceMappedSandbox? Own(ISandbox sandbox) => (sandbox as NotingSandbox)?.Inner as SourceMappedSandbox;
}
