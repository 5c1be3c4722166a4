using System.Collections.Immutable;
using Escapement.Compiling;

namespace Escapement.Wasm.Compiling;

/// <summary>A component that is to be compiled, once for all versions that have it.</summary>
internal sealed class CompileJob : IDisposable
{
    private CancellationTokenSource cancelling = new();

    /// <summary>SHA-256 of the component.</summary>
    public required string Component { get; init; }

    /// <summary>How large it is.</summary>
    public required long Bytes { get; init; }

    /// <summary>Extension and number of the first version that has it, for the log.</summary>
    public required string Name { get; init; }

    public required string ExtensionId { get; init; }

    public required string PublishedBy { get; init; }

    /// <summary>The versions that have it and are known to be wanted.</summary>
    public ImmutableHashSet<VersionId> Versions { get; set; } = [];

    public required CompileFor Purpose { get; set; }

    /// <summary>In which order jobs came; given by whoever queues it.</summary>
    public long Number { get; init; }

    /// <summary>When it began to wait, by the queue's own count.</summary>
    public long WaitsSince { get; set; }

    /// <summary>Whether compiling it has taken long already, however small the component is.</summary>
    public bool TakesLong { get; set; }

    /// <summary>How many compilers were lost over it.</summary>
    public int Losses { get; set; }

    /// <summary>What this node failed at before with this component, though it is compiled elsewhere; null for nothing.</summary>
    public FailureHere? FailedHere { get; set; }

    /// <summary>What goes first, from the lowest. What failed on this node does not hold up others' runs once more, and takes turns with publishers.</summary>
    public CompileFor Rank => FailedHere is null || Purpose > CompileFor.Publisher ? Purpose : CompileFor.Publisher;

    public bool IsSmall => Bytes < CompileQueue.SmallBelow && !TakesLong;

    /// <summary>A job for a version that is to be compiled.</summary>
    public static CompileJob Of(UncompiledVersion version, CompileFor purpose, long number, FailureHere? failedHere = null) => new()
    {
        Component = version.Component,
        Bytes = version.ComponentBytes,
        Name = $"{version.ExtensionId} {version.Version}",
        ExtensionId = version.ExtensionId,
        PublishedBy = version.PublishedBy,
        Purpose = purpose,
        Number = number,
        FailedHere = failedHere,
    };

    /// <summary>Done when the job has ended, however that was.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when nobody wants it any more, or when it makes room.</summary>
    public CancellationToken Token => cancelling.Token;

    /// <summary>Whether it was ended to make room for another, and is to wait again.</summary>
    public bool MakesRoom { get; private set; }

    /// <summary>Nobody wants it any more. Whoever waits for the token goes on elsewhere: the caller holds a lock.</summary>
    public void Cancel()
    {
        MakesRoom = false;
        _ = cancelling.CancelAsync();
    }

    /// <summary>Ends it for now, unless it was ended already.</summary>
    public void MakeRoom()
    {
        if (!cancelling.IsCancellationRequested)
        {
            MakesRoom = true;
            _ = cancelling.CancelAsync();
        }
    }

    /// <summary>It made room and waits again.</summary>
    public void WaitAgain()
    {
        MakesRoom = false;
        cancelling.Dispose();
        cancelling = new CancellationTokenSource();
    }

    public void Dispose() => cancelling.Dispose();
}
