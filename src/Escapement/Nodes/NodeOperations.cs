using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Nodes;

/// <summary>Draining nodes, and letting them take work again. A node hears of it with its next sign of life; this one at once.</summary>
internal sealed class NodeOperations(INodeStore store, NodeKeeper keeper, AuditLog audit, NodeSilence silence, TimeProvider time)
{
    /// <summary>Has a node take nothing new.</summary>
    /// <param name="id">Which; any text, unknown ids are refused.</param>
    /// <param name="note">Why; may be wrong.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<DrainOutcome> DrainAsync(string id, string? note, Actor actor, CancellationToken cancellationToken = default)
    {
        var entry = AuditEntry.Of(time, scope: null, actor, "node.drain", id);
        if (Pause.NoteProblem(note, "A drain") is { } problem)
        {
            return await RefuseAsync(new DrainOutcome.Invalid([problem]), entry, cancellationToken);
        }

        var drain = new NodeDrain(time.GetUtcNow(), actor.Id, note!.Trim());
        return await ChangeAsync(id, node => DrainRules.Begin(node, drain), entry.Saying(drain.Note), cancellationToken);
    }

    /// <summary>Lets a node take work again.</summary>
    /// <param name="id">Which; any text, unknown ids are refused.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public ValueTask<DrainOutcome> ResumeAsync(string id, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(id, node => DrainRules.End(node, now), AuditEntry.Of(time, scope: null, actor, "node.resume", id), cancellationToken);
    }

    /// <summary>What draining a node would come to, and which others would go on taking work.</summary>
    /// <param name="id">Which; any text, unknown ids are refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<(DrainOutcome Outcome, IReadOnlyList<HostNode> Others)> PreviewAsync(string id, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var nodes = await store.ListAsync(cancellationToken);
        var node = Ids.TryParse(id, out var known) ? nodes.FirstOrDefault(n => n.Id == known) : null;
        return (DrainRules.Begin(node, new NodeDrain(now, "", "")), [.. nodes.Where(n => n.Id != node?.Id && n.TakesWorkAt(now, silence.Limit))]);
    }

    private async ValueTask<DrainOutcome> ChangeAsync(
        string id, Func<HostNode?, DrainOutcome> change, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var known))
        {
            return await RefuseAsync(new DrainOutcome.NotFound(), entry, cancellationToken);
        }

        var outcome = await store.DrainAsync(known, change, entry, cancellationToken);
        if (outcome is not DrainOutcome.Done)
        {
            return await RefuseAsync(outcome, entry, cancellationToken);
        }

        await keeper.HearAsync(known, cancellationToken);
        return outcome;
    }

    private async ValueTask<DrainOutcome> RefuseAsync(DrainOutcome refusal, AuditEntry entry, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(entry.Refused(refusal.Refusal, refusal.GetType().Name), cancellationToken);
        return refusal;
    }
}
