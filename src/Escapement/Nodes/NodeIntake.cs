namespace Escapement.Nodes;

/// <summary>Whether this node takes work. The one that gives its signs of life closes and opens it; the engine asks before each claim.</summary>
internal sealed class NodeIntake
{
    private readonly Lock gate = new();
    private TaskCompletionSource? opening;

    /// <summary>Whether nothing new is to be claimed.</summary>
    public bool IsClosed => Volatile.Read(ref opening) is not null;

    /// <summary>From now on nothing new is claimed. What runs comes to its end.</summary>
    public void Close()
    {
        lock (gate)
        {
            opening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>From now on it takes work again.</summary>
    public void Open()
    {
        lock (gate)
        {
            opening?.TrySetResult();
            opening = null;
        }
    }

    /// <summary>Waits until it is open.</summary>
    public async Task WhenOpenAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref opening) is { } closed)
        {
            await closed.Task.WaitAsync(cancellationToken);
        }
    }
}
