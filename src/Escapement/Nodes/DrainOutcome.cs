namespace Escapement.Nodes;

/// <summary>How draining a node, or letting it take work again, ended.</summary>
internal abstract record DrainOutcome
{
    private DrainOutcome()
    {
    }

    /// <summary>Why nothing was changed; null when it was.</summary>
    public string? Refusal => this switch
    {
        Done => null,
        Invalid invalid => string.Join("; ", invalid.Problems.Select(p => p.Message)),
        NotFound => "There is no such node",
        Stopped { Node: { EndedAt: null } node } => $"{node.Name} is stopping and takes nothing new already; once it has stopped, start it again",
        Stopped { Node: var node } => $"{node.Name} has stopped; a process that is started again is another node, and takes work",
        FiresNothing { Node: var node } => $"{node.Name} serves the API alone and takes no work; it can be stopped as it is",
        Already { Drain: var drain } => $"It was drained already, by {drain.By}: {drain.Note}",
        NotDrained { Node: var node } => $"{node.Name} is not drained; it takes work",
        var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
    };

    /// <summary>It is done.</summary>
    /// <param name="Node">As it is now.</param>
    public sealed record Done(HostNode Node) : DrainOutcome;

    /// <summary>Fields are wrong.</summary>
    public sealed record Invalid(IReadOnlyList<Problem> Problems) : DrainOutcome;

    /// <summary>There is no such node.</summary>
    public sealed record NotFound : DrainOutcome;

    /// <summary>It has stopped, or is to.</summary>
    public sealed record Stopped(HostNode Node) : DrainOutcome;

    /// <summary>It has no slots.</summary>
    public sealed record FiresNothing(HostNode Node) : DrainOutcome;

    /// <summary>It is drained.</summary>
    public sealed record Already(NodeDrain Drain) : DrainOutcome;

    /// <summary>It is not drained.</summary>
    public sealed record NotDrained(HostNode Node) : DrainOutcome;
}
