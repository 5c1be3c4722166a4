using Escapement.Compiling;
using Escapement.Sandbox;

namespace Escapement.Wasm;

/// <summary>A sandbox that compiles what it runs.</summary>
internal interface ICompilingSandbox : ISandbox, IAsyncDisposable
{
    /// <summary>Compiles what is published; <see cref="ICompilations.RunAsync"/> has it do so by itself.</summary>
    ICompilations Compilations { get; }
}
