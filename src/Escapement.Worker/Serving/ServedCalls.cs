namespace Escapement.Worker.Serving;

/// <summary>The calls that this worker carries out now.</summary>
internal sealed class ServedCalls
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, ServedCall> calls = [];

    public void Add(ServedCall call)
    {
        lock (gate)
        {
            calls.Add(call.Id, call);
        }
    }

    public void Remove(ServedCall call)
    {
        lock (gate)
        {
            calls.Remove(call.Id);
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
