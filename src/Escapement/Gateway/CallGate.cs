using Escapement.Sharing;
using Escapement.Telemetry;

namespace Escapement.Gateway;

/// <summary>Lets gateway calls in, one after the other as slots are free. A call leaves when its caller does, wherever it is.</summary>
internal sealed class CallGate
{
    private readonly SharedSlots slots;
    private readonly GatewayMetrics metrics;
    private readonly CallQueue queue;
    private readonly Lock gate = new();

    /// <summary>Makes the gate in front of a node's slots.</summary>
    public CallGate(GatewayOptions options, SharedSlots slots, EscapementTelemetry telemetry)
    {
        this.slots = slots;
        queue = new CallQueue(options, slots.Plan.Calls);
        metrics = telemetry.Gateway;
        metrics.ObserveQueue(() => Waiting);
        slots.Freed += LetIn;
    }

    /// <summary>How many calls have a place and no slot yet.</summary>
    internal int Waiting
    {
        get
        {
            lock (gate)
            {
                return queue.Waiting;
            }
        }
    }

    /// <summary>A place for a call, or whose queue is full.</summary>
    internal (QueuedCall? Call, CallRefusal Refusal) Enter(InstallScope scope)
    {
        var call = new QueuedCall(scope);
        CallRefusal? refusal;
        lock (gate)
        {
            refusal = queue.Enter(call);
        }

        if (refusal is not { } full)
        {
            return (call, default);
        }

        metrics.Refused(full switch { CallRefusal.Install => "install", CallRefusal.Tenant => "tenant", _ => "node" });
        return (null, full);
    }

    /// <summary>Waits until the call has a slot.</summary>
    internal Task StartAsync(QueuedCall call, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            queue.Await(call);
        }

        LetIn();
        return call.Started.WaitAsync(cancellationToken);
    }

    /// <summary>Gives place and slot back.</summary>
    internal void Leave(QueuedCall call)
    {
        bool hadSlot;
        lock (gate)
        {
            hadSlot = queue.Leave(call);
        }

        if (hadSlot)
        {
            slots.ReleaseCall();
        }
        else
        {
            LetIn();
        }
    }

    private void LetIn()
    {
        lock (gate)
        {
            while (queue.Peek() is not null && slots.TryTakeForCall())
            {
                queue.Next()!.Start();
            }

            // Inside, so that what is said last is what holds.
            slots.CallsWait(queue.Peek() is not null);
        }
    }
}
