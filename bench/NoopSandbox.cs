using Escapement.Firing;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Bench;

/// <summary>Answers 200 at once, or after a while, so that what is measured is the scheduler and not the guest.</summary>
internal sealed class NoopSandbox(int slots, TimeSpan hold, TimeProvider time) : ISandbox
{
    private static readonly InvocationResult Ok = new InvocationResult.Responded(new HandlerResponse(200, [], null));

    public int Slots => slots;

    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        if (hold > TimeSpan.Zero)
        {
            await Task.Delay(hold, time, cancellationToken);
        }

        return new Invoked(Ok, startedAt, hold, RunEvidence.None);
    }
}
