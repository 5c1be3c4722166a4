using System.Collections.Concurrent;
using Escapement.Firing;
using Escapement.Sandbox;

namespace Escapement;

/// <summary>Stands where the WebAssembly sandbox stands, so that tests decide what an extension answers and when.</summary>
internal sealed class FakeSandbox(TimeProvider time, Action invoked) : ISandbox
{
    public int Slots { get; init; } = 8;

    public ConcurrentQueue<Invocation> Invocations { get; } = new();

    /// <summary>What the extension does; by default it answers 200.</summary>
    public Func<Invocation, CancellationToken, Task<InvocationResult>> Behaviour { get; set; } = (_, _) => Task.FromResult(Answer(200));

    public static InvocationResult Answer(int status, string? body = null) =>
        new InvocationResult.Responded(new HandlerResponse(status, [], body is null ? null : System.Text.Encoding.UTF8.GetBytes(body)));

    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        Invocations.Enqueue(invocation);
        invoked();
        var result = await Behaviour(invocation, cancellationToken);
        return new Invoked(result, startedAt, time.GetUtcNow() - startedAt, RunEvidence.None);
    }
}
