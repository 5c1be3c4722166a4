using System.Collections.Concurrent;
using Escapement.Firing;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement;

/// <summary>Stands where the WebAssembly sandbox stands, so that tests decide what an extension answers and when.</summary>
internal sealed class FakeSandbox(TimeProvider time, Action invoked) : ISandbox
{
    public int Slots { get; init; } = 8;

    /// <summary>Those whose guest was started.</summary>
    public ConcurrentQueue<Invocation> Invocations { get; } = new();

    /// <summary>What the extension does; by default it answers 200.</summary>
    public Func<Invocation, CancellationToken, Task<InvocationResult>> Behaviour { get; set; } = (_, _) => Task.FromResult(Answer(200));

    /// <summary>What an invocation waits for before its guest starts, as for a free slot of the sandbox.</summary>
    public Func<Task> BeforeStart { get; set; } = () => Task.CompletedTask;

    public static InvocationResult Answer(int status, string? body = null) =>
        new InvocationResult.Responded(new HandlerResponse(status, [], body is null ? null : System.Text.Encoding.UTF8.GetBytes(body)));

    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await BeforeStart();
        var startedAt = time.GetUtcNow();
        if (invocation.MayStart?.Invoke() == false)
        {
            return new Invoked(new InvocationResult.NotStarted(), startedAt, TimeSpan.Zero, RunEvidence.None);
        }

        Invocations.Enqueue(invocation);
        invoked();
        var result = await Behaviour(invocation, cancellationToken);
        return new Invoked(result, startedAt, time.GetUtcNow() - startedAt, RunEvidence.None);
    }
}
