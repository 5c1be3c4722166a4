using Escapement.Audit;

namespace Escapement.Undoing;

/// <summary>A change that is to be taken back, by whom.</summary>
/// <param name="Undone">The change's entry, with all values that were.</param>
/// <param name="Entry">The entry that taking it back leaves.</param>
/// <param name="Name">What a schedule is called from then on, because its name is taken meanwhile; null for the name that it had.</param>
/// <param name="ByOperator">Whether an operator asks.</param>
internal sealed record UndoRequest(AuditEntry Undone, AuditEntry Entry, string? Name, bool ByOperator)
{
    /// <summary>When whoever asks was shown what it would do, which is what is to be done; null when they were not.</summary>
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>The fields that it changed.</summary>
    public FieldChanges Changes => Undone.Changes;

    /// <summary>The install that it concerned.</summary>
    public InstallScope Scope => new(Undone.Tenant!.Value, Undone.Install!.Value);

    /// <summary>It is done.</summary>
    /// <param name="changes">What that changed.</param>
    public UndoOutcome Done(FieldChanges changes) => new UndoOutcome.Done(Entry.Telling(changes));
}

/// <summary>Takes back changes of one kind of thing.</summary>
internal interface IUndo
{
    /// <summary>What taking a change back would do, or why it cannot be.</summary>
    ValueTask<UndoOutcome> PreviewAsync(UndoRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Takes it back, in one transaction that looks whether the thing is as the change left it, and leaves the request's entry if it did.
    /// </summary>
    ValueTask<UndoOutcome> UndoAsync(UndoRequest request, CancellationToken cancellationToken);
}
