namespace Escapement.Wasm.Components;

/// <summary>What came of a compilation. Closed.</summary>
internal abstract record CompileResult
{
    private CompileResult()
    {
    }

    /// <summary>Native code for this engine and its settings.</summary>
    public sealed record Compiled(ReadOnlyMemory<byte> Code) : CompileResult;

    /// <summary>The component can never run here.</summary>
    /// <param name="Reason">What is wrong, for its author.</param>
    public sealed record Refused(string Reason) : CompileResult;

    /// <summary>It took longer than a compilation may.</summary>
    public sealed record TimedOut : CompileResult;

    /// <summary>It wanted more memory than a compilation may have.</summary>
    public sealed record OutOfMemory : CompileResult;

    /// <summary>The component is larger than one may be.</summary>
    public sealed record InputTooLarge : CompileResult;
}
