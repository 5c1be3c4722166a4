using Escapement.Firing;
using Escapement.Sandbox;

namespace Escapement.Bench;

/// <summary>Answers 200 at once, so that what is measured is the scheduler and not the guest.</summary>
internal sealed class NoopSandbox(int slots, TimeProvider time) : ISandbox
{
    private static readonly InvocationResult Ok = new InvocationResult.Responded(new HandlerResponse(200, [], null));

    public int Slots => slots;

    public ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        new(new Invoked(Ok, time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None));
}
