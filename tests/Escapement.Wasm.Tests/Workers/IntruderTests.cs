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
        await using var fixture = Occupied(workers: 1);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        await CallAsync(fixture, invocation, "/nowhere");
        var first = Assert.Single(fixture.Workers.Alive);
        using var cancelling = new CancellationTokenSource();
        var held = CallAsync(fixture, invocation, "/holds", cancelling.Token);
        Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, invocation, "/lies/loading")).Result);
        var second = fixture.Workers.Alive.Single(w => w != first);
        var heldToo = CallAsync(fixture, invocation, "/holds");
        Assert.Equal(1, second.Taken);

        Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, invocation, "/lies/loading")).Result);

        Assert.IsType<InvocationResult.WorkerLost>((await heldToo).Result);
        await second.Gone;
        Assert.False(held.IsCompleted);
        Assert.Equal(2, fixture.Workers.Alive.Count);
        Assert.Contains(first, fixture.Workers.Alive);
        await cancelling.CancelAsync();
        await held;
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

    private static Task<Invoked> CallAsync(SandboxFixture fixture, string url) =>
        CallAsync(fixture, fixture.Publish(new GuestComponent().ToBytes()), url);

    private static Task<Invoked> CallAsync(SandboxFixture fixture, Invocation invocation, string url, CancellationToken cancellationToken = default) =>
        fixture.Sandbox.InvokeAsync(invocation with { Request = invocation.Request with { Url = url } }, cancellationToken).AsTask();

    private static async Task AnswersStillAsync(SandboxFixture fixture) =>
        Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, "/nowhere")).Result);

    private static SandboxFixture Occupied(ILogger? logger = null, int workers = 2) => new(
        SandboxIsolation.Process,
        o => (o.WorkerPath, o.Workers) = (Path.Combine(AppContext.BaseDirectory, "escapement-probe.dll"), workers),
        logger: logger);

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
