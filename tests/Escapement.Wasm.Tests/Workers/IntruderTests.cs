using System.Text;
using Escapement.Compiling;
using Escapement.Sandbox;
using Escapement.Wasm.Compiling;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Tests.Workers;

/// <summary>Somebody who has broken out of the sandbox and speaks for the worker; the probe's program takes the worker's place.</summary>
public sealed class IntruderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("escapement-bars-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("/lies/length")]
    [InlineData("/lies/call")]
    [InlineData("/lies/kind")]
    [InlineData("/lies/capability")]
    [InlineData("/lies/calls")]
    [InlineData("/lies/size")]
    [InlineData("/lies/begun")]
    [InlineData("/ends")]
    public async Task Invoke_WorkerSaysWhatItMustNot_IsEndedAndReplaced(string url)
    {
        await using var fixture = Occupied();
        Assert.True(Assert.IsType<InvocationResult.WorkerLost>((await CallAsync(fixture, url)).Result).Alone);
        await AnswersStillAsync(fixture);
    }

    [Fact]
    public async Task Invoke_WorkerSaysThatSoundCodeCannotBeLoaded_AnotherTriesItAndItIsReplaced()
    {
        await using var fixture = Occupied(workers: 1);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        await CallAsync(fixture, invocation, "/nowhere");
        var liar = Assert.Single(fixture.Workers.Alive);

        Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, invocation, "/lies/loading")).Result);

        await liar.Gone;
        Assert.DoesNotContain(liar, fixture.Workers.Alive);
        Assert.Equal(CompilationState.Compiled, Assert.Single(fixture.Compilations.All).State);
        Assert.Null(((ComponentCompilations)fixture.Sandbox.Inner.Compilations).FailedHere(invocation.Extension.Version.ComponentSha256));
        Assert.Equal(1, fixture.Fetches);
    }

    [Fact]
    public async Task Invoke_WorkersSaySoOneAfterTheOtherAndHoldWhatRunsInThem_NoMoreThanOneIsLeftOver()
    {
        var doubts = new Doubts();
        await using var fixture = Occupied(doubts, workers: 1, slots: 1);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        await CallAsync(fixture, invocation, "/nowhere");
        var first = Assert.Single(fixture.Workers.Alive);
        using var cancelling = new CancellationTokenSource();
        var held = await BeginBeforeADoubtAsync(first, cancelling.Token);
        var second = fixture.Workers.Alive.Single(w => w != first);
        var lost = await BeginBeforeADoubtAsync(second, CancellationToken.None);

        // It had the worker to itself, and did nothing.
        Assert.False(Assert.IsType<InvocationResult.WorkerLost>((await lost).Result).Alone);
        await second.Gone;
        Assert.False(held.IsCompleted);
        Assert.Equal(2, fixture.Workers.Alive.Count);
        Assert.Contains(first, fixture.Workers.Alive);
        await cancelling.CancelAsync();
        await held;

        async Task<Task<Invoked>> BeginBeforeADoubtAsync(Wasm.Workers.Worker worker, CancellationToken cancellationToken)
        {
            Task<Invoked>? other = null;
            doubts.Until = () => worker.LinesTold == 1;
            var lied = invocation with
            {
                MayStart = () =>
                {
                    other ??= CallAsync(fixture, invocation, "/holds", cancellationToken);
                    return true;
                },
            };
            Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, lied, "/lies/loading")).Result);
            return other!;
        }
    }

    [Fact]
    public async Task Invoke_CodeIsTriedAgain_HasTheNewWorkerToItself()
    {
        await using var fixture = Occupied(workers: 1);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        await CallAsync(fixture, invocation, "/nowhere");
        var liar = Assert.Single(fixture.Workers.Alive);
        string[] urls = ["/holds", "/lies/loading/holds", "/holds", "/holds"];
        var calls = urls.Select(url => CallAsync(fixture, invocation, url)).ToList();
        while (!fixture.Workers.Alive.Any(w => w != liar && w.LinesTold > 0))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var second = fixture.Workers.Alive.Single(w => w != liar);
        Assert.Equal((1, true), (second.Taken, second.IsTakenWhole));
        Assert.All(calls, c => Assert.False(c.IsCompleted));
    }

    [Fact]
    public async Task Invoke_WorkerSaysSoOfTwo_EachIsTriedInOneThatHasRunNothing()
    {
        await using var fixture = Occupied(workers: 1);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        await CallAsync(fixture, invocation, "/nowhere");

        var lied = invocation with { Request = invocation.Request with { Url = "/lies/loading" } };
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => fixture.Sandbox.Inner.InvokeAsync(lied, CancellationToken.None).AsTask()));

        Assert.All(both, i => Assert.IsType<InvocationResult.Responded>(i.Result));
        Assert.Null(((ComponentCompilations)fixture.Sandbox.Inner.Compilations).FailedHere(invocation.Extension.Version.ComponentSha256));
        Assert.Equal(1, fixture.Fetches);
    }

    [Fact]
    public async Task Invoke_WorkerTriesItsBars_AllHold()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), "", TestContext.Current.CancellationToken);
        await using var given = new FileStream(Path.Combine(folder, "secret"), FileMode.Open, FileAccess.Read, FileShare.Inheritable | FileShare.ReadWrite);
        await using var fixture = Occupied();

        var answer = Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, folder)).Result).Response;

        var tried = Encoding.UTF8.GetString(answer.Body!.Value.Span).Split('\n');
        string[] ofLandlock = fixture.Workers.Confinements.Contains("landlock") ? [] : ["read", "list", "environment"];
        Assert.Equal([.. ofLandlock.Select(what => what + " done")], tried.Where(t => t.EndsWith(" done", StringComparison.Ordinal)));
        Assert.Equal(16, tried.Length);
        if (OperatingSystem.IsLinux())
        {
            Assert.Superset(new HashSet<string> { "no-new-privileges", "seccomp", "watchdog" }, fixture.Workers.Confinements.ToHashSet());
        }
    }

    [Fact]
    public async Task Invoke_WorkerPrints_TheLogHasItWithoutControlCharacters()
    {
        var log = new Lines();
        await using var fixture = Occupied(log);
        await CallAsync(fixture, "/prints");
        Assert.Contains("a line with ?[31m colour in it", await log.Said.Task, StringComparison.Ordinal);
    }

    internal static Task<Invoked> CallAsync(SandboxFixture fixture, string url) =>
        CallAsync(fixture, fixture.Publish(new GuestComponent().ToBytes()), url);

    private static Task<Invoked> CallAsync(SandboxFixture fixture, Invocation invocation, string url, CancellationToken cancellationToken = default) =>
        fixture.Sandbox.InvokeAsync(invocation with { Request = invocation.Request with { Url = url } }, cancellationToken).AsTask();

    internal static async Task AnswersStillAsync(SandboxFixture fixture) =>
        Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, "/nowhere")).Result);

    internal static SandboxFixture Occupied(ILogger? logger = null, int workers = 2, int slots = 2, Action<WasmSandboxOptions>? change = null) => new(
        SandboxIsolation.Process,
        o =>
        {
            (o.WorkerPath, o.Workers, o.Slots) = (Path.Combine(AppContext.BaseDirectory, "escapement-probe.dll"), workers, slots);
            change?.Invoke(o);
        },
        logger: logger);

    /// <summary>Has the pool hold still when it doubts a worker, until something holds.</summary>
    private sealed class Doubts : ILogger
    {
        private readonly CancellationToken ends = TestContext.Current.CancellationToken;

        public Func<bool> Until { get; set; } = () => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == LogEvents.WorkerDoubted)
            {
                SpinWait.SpinUntil(() => Until() || ends.IsCancellationRequested);
            }
        }
    }

    private sealed class Lines : ILogger
    {
        public TaskCompletionSource<string> Said { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == LogEvents.WorkerSaid)
            {
                Said.TrySetResult(formatter(state, exception));
            }
        }
    }
}
