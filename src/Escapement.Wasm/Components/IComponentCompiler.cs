namespace Escapement.Wasm.Components;

/// <summary>
/// Turns a component into native code, and says what is wrong with one that could never run. What it is given is a stranger's; whoever
/// implements it bounds what that may cost.
/// </summary>
internal interface IComponentCompiler
{
    /// <summary>Compiles. Ends when the work has ended, also when it is cancelled, so that whoever counts what goes on at once counts right.</summary>
    /// <param name="component">What is compiled.</param>
    /// <param name="takesLong">Called at most once, when it takes longer than small components do and can still be ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CompilerUnavailableException">There is no compiler now; nothing is known of the component.</exception>
    Task<CompileResult> CompileAsync(ReadOnlyMemory<byte> component, Action takesLong, CancellationToken cancellationToken);
}

/// <summary>The host cannot compile now, whatever the component.</summary>
internal sealed class CompilerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
