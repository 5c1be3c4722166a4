using System.Collections.Concurrent;
using Escapement.Sandbox;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Tests.Components;

public abstract class CompilationTests(SandboxIsolation isolation)
{
    [Fact]
    public async Task Invoke_SeveralNewComponentsAtOnce_AreCompiledOneAfterTheOther()
    {
        var log = new EventLog();
        await using var fixture = new SandboxFixture(isolation, o => o.Slots = 8, logger: log);

        // Each differs, so that each has to be compiled.
        var guests = Enumerable.Range(0, 8).Select(i => new GuestComponent { Pages = i + 1 });
        var ended = await Task.WhenAll(guests.Select(g => Task.Run(() => fixture.InvokeAsync(g))));

        Assert.All(ended, e => Assert.IsType<InvocationResult.Responded>(e.Result));
        var compilations = log.Events.Where(e => e is LogEvents.ComponentCompiling or LogEvents.ComponentCompiled).ToList();
        Assert.Equal(Enumerable.Repeat<int[]>([LogEvents.ComponentCompiling, LogEvents.ComponentCompiled], 8).SelectMany(e => e), compilations);
    }

    private sealed class EventLog : ILogger<WasmSandbox>
    {
        public ConcurrentQueue<int> Events { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Enqueue(eventId.Id);
    }

    public sealed class InProcess() : CompilationTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : CompilationTests(SandboxIsolation.Process);
}
