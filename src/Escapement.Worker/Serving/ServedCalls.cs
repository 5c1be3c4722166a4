namespace Escapement.Worker.Serving;

/// <summary>The calls that this worker carries out now.</summary>
internal sealed class ServedCalls
{
    private readonly object gate = new();
    private readonly Dictionary<ulong, ServedCall> calls = [];

    public void Add(ServedCall call)
    {
        lock (gate)
        {
            calls.Add(call.Id, call);
            if (calls.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    public void Remove(ServedCall call)
    {
        lock (gate)
        {
            calls.Remove(call.Id);
        }
    }

    /// <summary>Those that go on. Blocks until there is one.</summary>
    public IReadOnlyList<ServedCall> WaitForAny()
    {
        lock (gate)
        {
            while (calls.Count == 0)
            {
                Monitor.Wait(gate);
            }

            return [.. calls.Values];
        }
    }

    /// <summary>The call; null when it ended while the host was sending something for it.</summary>
    public ServedCall? Find(ulong id)
    {
        lock (gate)
        {
            return calls.GetValueOrDefault(id);
        }
    }
}
