using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Wasm.Compiling;

namespace Escapement.Wasm.Tests;

/// <summary>Calls again when a component was compiled that was not yet, as the engine does.</summary>
internal sealed class PatientSandbox(ICompilingSandbox sandbox) : ISandbox, IAsyncDisposable
{
    public ICompilingSandbox Inner => sandbox;

    public int Slots => sandbox.Slots;

    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        while (true)
        {
            var invoked = await sandbox.InvokeAsync(invocation, cancellationToken);
            if (invoked.Result is not InvocationResult.NotReady { Reason: RunReason.Compiling })
            {
                return invoked;
            }

            await ((ComponentCompilations)sandbox.Compilations).WhenEndedAsync(invocation.Extension.Version.ComponentSha256);
        }
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();
}
