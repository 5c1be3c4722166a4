using System.Collections.Concurrent;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Server.Tests;

/// <summary>Answers as a test tells it to, and keeps what it was asked.</summary>
internal sealed class FakeSandbox : ISandbox
{
    public ConcurrentQueue<Invocation> Asked { get; } = new();

    public Func<Invocation, CancellationToken, Task<InvocationResult>> Answer { get; set; } =
        (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.Responded(new HandlerResponse(200, [], null)));

    /// <summary>What is kept of each invocation.</summary>
    public RunEvidence Evidence { get; set; } = RunEvidence.None;

    /// <summary>When invocations start.</summary>
    public DateTimeOffset StartedAt { get; set; } = DateTimeOffset.UnixEpoch;

    public int Slots => 4;

    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        Asked.Enqueue(invocation);
        return new Invoked(await Answer(invocation, cancellationToken), StartedAt, TimeSpan.FromMilliseconds(1), Evidence);
    }

    public void Respond(int status, string? body = null, params (string Name, string Value)[] headers)
    {
        KeyValuePair<string, string>[] named = [.. headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value))];
        var response = new HandlerResponse(status, named, body is null ? null : System.Text.Encoding.UTF8.GetBytes(body));
        Answer = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.Responded(response));
    }

    public void Fail(RunReason reason, string message) =>
        Answer = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.Failed(reason, message));
}
