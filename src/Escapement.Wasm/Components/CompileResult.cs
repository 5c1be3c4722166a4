namespace Escapement.Wasm.Components;

/// <summary>What came of a compilation. Closed.</summary>
internal abstract record CompileResult
{
    /// <summary>How much a compiler may say of why it refuses.</summary>
    public const int MaxReasonChars = 4_000;

    private CompileResult()
    {
    }

    /// <summary>Why there is no code, for the component's author; null when there is.</summary>
    public virtual string? Reason => null;

    /// <summary>In one word, for telemetry.</summary>
    public abstract string Word { get; }

    /// <summary>Native code for this engine and its settings.</summary>
    public sealed record Compiled(ReadOnlyMemory<byte> Code) : CompileResult
    {
        public override string Word => "compiled";
    }

    /// <summary>The component can never run here.</summary>
    /// <param name="Fault">What is wrong with it.</param>
    public sealed record Refused(string Fault) : CompileResult
    {
        public override string Reason => Fault;

        public override string Word => "refused";
    }

    /// <summary>It took more processor time than a compilation may.</summary>
    public sealed record TimedOut(TimeSpan Limit) : CompileResult
    {
        public override string Reason =>
            $"Compiling it takes more than the {Limit.TotalSeconds:0} s of processor time that this host allows; make its functions smaller";

        public override string Word => "timed-out";
    }

    /// <summary>It wanted more memory than a compilation may have.</summary>
    public sealed record OutOfMemory(long Limit) : CompileResult
    {
        public override string Reason => $"Compiling it takes more than the {Limit >> 20} MiB of memory that this host allows; make its functions smaller";

        public override string Word => "out-of-memory";
    }

    /// <summary>The component is larger than one may be.</summary>
    public sealed record InputTooLarge(long Limit) : CompileResult
    {
        public override string Reason => $"It is larger than the {Limit >> 20} MiB that a component may have on this host";

        public override string Word => "too-large";
    }

    /// <summary>The compiler ended in the middle of its work, or came to no end, which may be the component's doing or the system's.</summary>
    /// <param name="How">What is known of its end, for people.</param>
    public sealed record CompilerLost(string How) : CompileResult
    {
        public override string Reason => $"The compiler was lost while it compiled the component. {How}";

        public override string Word => "compiler-lost";
    }
}
