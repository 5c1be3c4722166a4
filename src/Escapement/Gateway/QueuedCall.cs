namespace Escapement.Gateway;

/// <summary>A call on its way through the queue.</summary>
internal sealed class QueuedCall(InstallScope scope)
{
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InstallScope Scope => scope;

    public CallStep Step { get; set; }

    /// <summary>Completes when it has a slot.</summary>
    public Task Started => started.Task;

    public void Start() => started.TrySetResult();
}

/// <summary>How far a call is.</summary>
internal enum CallStep
{
    /// <summary>It has a place, and its body is still being read.</summary>
    Entered,

    /// <summary>It waits for a slot.</summary>
    Waiting,

    /// <summary>It has one.</summary>
    Running,

    /// <summary>It is gone.</summary>
    Left,
}
