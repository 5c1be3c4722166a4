namespace Escapement.Wasm.Components;

/// <summary>How a compilation ended. Closed.</summary>
internal abstract record CompileResult
{
    private CompileResult()
    {
    }

    /// <summary>What to tell the author; null for a success.</summary>
    public virtual string? Failure => null;

    /// <summary>The component's native code.</summary>
    public sealed record Compiled(byte[] Code) : CompileResult;

    /// <summary>The engine does not take it, for this reason.</summary>
    public sealed record Refused(string Reason) : CompileResult
    {
        public override string Failure => $"The component cannot be loaded: {Reason}";
    }

    /// <summary>It took longer than a compilation may.</summary>
    public sealed record TimedOut(TimeSpan Limit) : CompileResult
    {
        public override string Failure => $"The component cannot be compiled within {Limit.TotalSeconds:0} s.";
    }

    /// <summary>It took more memory than a compilation may.</summary>
    public sealed record OutOfMemory(long Limit) : CompileResult
    {
        public override string Failure => $"The component cannot be compiled with {Limit >> 20} MiB of memory.";
    }

    /// <summary>It is larger than a component may be.</summary>
    public sealed record InputTooLarge(long Limit) : CompileResult
    {
        public override string Failure => $"The component is larger than {Limit >> 20} MiB.";
    }
}
