using Escapement.Compiling;
using Escapement.Installs;

namespace Escapement.Wasm.Compiling;

/// <summary>What a sandbox that compiles needs of the store.</summary>
/// <param name="Compilations">How far compilations are.</param>
/// <param name="Code">Compiled code that nodes share; null where there is one node.</param>
/// <param name="Installs">Tells which versions are in use.</param>
internal sealed record CompilationStores(ICompilationStore Compilations, ICompiledCodeStore? Code, IInstallStore Installs)
{
    /// <summary>For how long a node holds a component that it compiles, unless it says that it is still there, by the host's clock. Default 30 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the store is looked at for what other nodes left, by the host's clock. Default 30 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);
}
