namespace Escapement.Wasm.Components;

/// <summary>Makes native code of components where strangers' bytes can do no harm.</summary>
internal interface IComponentCompiler
{
    /// <summary>Compiles one component. What is wrong with it is a result.</summary>
    /// <param name="component">Its bytes.</param>
    /// <param name="cancellationToken">Gives up and ends the work.</param>
    Task<CompileResult> CompileAsync(ReadOnlyMemory<byte> component, CancellationToken cancellationToken);
}
