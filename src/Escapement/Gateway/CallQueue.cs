using System.Runtime.InteropServices;
using Escapement.Sharing;

namespace Escapement.Gateway;

/// <summary>
/// Who may come in, and whose turn it is: tenants in turn, the calls of each in the order in which they came, but for those whose install has
/// as many slots as it may. A value that is changed by one thread at a time; it waits for nothing and knows no clock.
/// </summary>
internal sealed class CallQueue(GatewayOptions options, SlotShare share)
{
    private readonly Dictionary<TenantId, Line> lines = [];
    private readonly Dictionary<InstallId, Count> installs = [];

    // The tenants with calls that wait, the one whose turn is next first.
    private readonly LinkedList<Line> ring = new();

    /// <summary>How many calls have a place and no slot yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>Gives a call a place, or says whose queue is full.</summary>
    public CallRefusal? Enter(QueuedCall call)
    {
        var ofInstall = installs.GetValueOrDefault(call.Scope.Install);
        var ofTenant = lines.GetValueOrDefault(call.Scope.Tenant)?.Count ?? default;
        CallRefusal? refusal =
            ofInstall.Waiting >= options.MaxWaitingPerInstall ? CallRefusal.Install
            : ofTenant.Waiting >= options.MaxWaitingPerTenant ? CallRefusal.Tenant
            : Waiting >= options.MaxWaiting ? CallRefusal.Node
            : null;
        if (refusal is null)
        {
            Change(call.Scope, waiting: 1, running: 0);
        }

        return refusal;
    }

    /// <summary>Puts a call that entered into its tenant's line.</summary>
    public void Await(QueuedCall call)
    {
        call.Step = CallStep.Waiting;
        var line = lines[call.Scope.Tenant];
        line.Calls.AddLast(call);
        if (line.Calls.Count == 1)
        {
            ring.AddLast(line.Node);
        }
    }

    /// <summary>The call whose turn it is; null when none may start, however many slots are free.</summary>
    public QueuedCall? Peek() => Find()?.Call;

    /// <summary>Starts the call whose turn it is.</summary>
    public QueuedCall? Next()
    {
        if (Find() is not { } found)
        {
            return null;
        }

        found.Call.Step = CallStep.Running;
        Unline(found.Call);
        Change(found.Call.Scope, waiting: -1, running: 1);
        if (found.Line.Node.List is not null)
        {
            ring.Remove(found.Line.Node);
            ring.AddLast(found.Line.Node);
        }

        return found.Call;
    }

    /// <summary>Takes a call out, wherever it is; answers whether it had a slot.</summary>
    public bool Leave(QueuedCall call)
    {
        var step = call.Step;
        call.Step = CallStep.Left;
        switch (step)
        {
            case CallStep.Left:
                return false;
            case CallStep.Waiting:
                Unline(call);
                break;
        }

        Change(call.Scope, waiting: step == CallStep.Running ? 0 : -1, running: step == CallStep.Running ? -1 : 0);
        return step == CallStep.Running;
    }

    private (QueuedCall Call, Line Line)? Find()
    {
        foreach (var line in ring)
        {
            if (line.Count.Running < share.PerTenant
                && line.Calls.FirstOrDefault(c => installs[c.Scope.Install].Running < share.PerInstall) is { } call)
            {
                return (call, line);
            }
        }

        return null;
    }

    private void Unline(QueuedCall call)
    {
        var line = lines[call.Scope.Tenant];
        line.Calls.Remove(call);
        if (line.Calls.Count == 0)
        {
            ring.Remove(line.Node);
        }
    }

    private void Change(InstallScope scope, int waiting, int running)
    {
        Waiting += waiting;
        ref var install = ref CollectionsMarshal.GetValueRefOrAddDefault(installs, scope.Install, out _);
        install = new Count(install.Waiting + waiting, install.Running + running);
        if (install == default)
        {
            installs.Remove(scope.Install);
        }

        ref var line = ref CollectionsMarshal.GetValueRefOrAddDefault(lines, scope.Tenant, out _);
        line ??= new Line();
        line.Count = new Count(line.Count.Waiting + waiting, line.Count.Running + running);
        if (line.Count == default)
        {
            lines.Remove(scope.Tenant);
        }
    }

    private readonly record struct Count(int Waiting, int Running);

    private sealed class Line
    {
        public Line() => Node = new LinkedListNode<Line>(this);

        public LinkedListNode<Line> Node { get; }

        public LinkedList<QueuedCall> Calls { get; } = new();

        public Count Count { get; set; }
    }
}
