using Escapement.Wasm.Components;
using Escapement.Wasm.Confinement;

namespace Escapement.Wasm.Workers;

/// <summary>What a worker may take, and how long it may live.</summary>
/// <param name="Memory">Memory of its own, in bytes; one that holds more is ended.</param>
/// <param name="Heap">How much of it .NET's heap may be.</param>
/// <param name="Data">What it may map to write, beyond what it has when it is ready.</param>
/// <param name="Group">All kinds of memory that it takes, where the system lets the host bound them.</param>
/// <param name="Calls">Calls after which a new one takes its place.</param>
/// <param name="Idle">How long nothing runs before workers end.</param>
internal sealed record WorkerLimits(long Memory, long Heap, long Data, long Group, ulong Calls, TimeSpan Idle)
{
    private const long BeforeGuests = 192L << 20;
    private const long HeapBeforeGuests = 96L << 20;
    private const long HeapOfGuest = 32L << 20;

    /// <summary>How long it may take to become ready.</summary>
    public static TimeSpan Start { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long past its limits a call may be before its worker is ended.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may leave a frame untaken.</summary>
    public static TimeSpan NotTaking { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How often one in which nothing runs is asked whether it is there.</summary>
    public static TimeSpan AskEvery { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may leave that unanswered.</summary>
    public static TimeSpan Answer { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The limits of a worker with so many slots.</summary>
    public static WorkerLimits Of(WasmSandboxOptions options, int slots)
    {
        // A guest may have two memories of the limit's size, and its values are on .NET's heap while they cross.
        var guest = (EngineSettings.MemoriesPerRun * options.MemoryLimit) + HeapOfGuest;
        var places = new EngineSettings(options, slots).Places;
        var memory = options.WorkerMemoryLimit ?? BeforeGuests + (slots * guest);
        return new WorkerLimits(
            memory,
            HeapBeforeGuests + (slots * HeapOfGuest),
            BeforeGuests + (places * guest),
            MemoryCgroup.LimitAbove(memory),
            (ulong)options.WorkerMaxCalls,
            options.WorkerIdleTime);
    }
}
