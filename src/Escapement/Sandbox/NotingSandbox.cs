using Escapement.Installs;

namespace Escapement.Sandbox;

/// <summary>A sandbox that has it noted which capabilities its guests use.</summary>
/// <param name="inner">What runs the guests; disposed with this.</param>
/// <param name="uses">Where it is noted.</param>
internal sealed class NotingSandbox(ISandbox inner, CapabilityUses uses) : ISandbox, IAsyncDisposable
{
    /// <summary>What runs the guests.</summary>
    public ISandbox Inner => inner;

    /// <inheritdoc/>
    public int Slots => inner.Slots;

    /// <inheritdoc/>
    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var invoked = await inner.InvokeAsync(invocation, cancellationToken);
        if (invoked.Evidence.HostCalls.Count > 0)
        {
            uses.Note(invocation.Extension, invoked.Evidence.HostCalls.Keys);
        }

        return invoked;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
}
