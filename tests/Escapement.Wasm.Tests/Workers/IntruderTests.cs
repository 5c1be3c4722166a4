using System.Text;
using Escapement.Sandbox;
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
    [InlineData("/ends")]
    public async Task Invoke_WorkerSaysWhatItMustNot_IsEndedAndReplaced(string url)
    {
        await using var fixture = Occupied();
        Assert.True(Assert.IsType<InvocationResult.WorkerLost>((await CallAsync(fixture, url)).Result).Alone);
        await AnswersStillAsync(fixture);
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

    private static Task<Invoked> CallAsync(SandboxFixture fixture, string url)
    {
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        return fixture.Sandbox.InvokeAsync(invocation with { Request = invocation.Request with { Url = url } }, CancellationToken.None).AsTask();
    }

    private static async Task AnswersStillAsync(SandboxFixture fixture) =>
        Assert.IsType<InvocationResult.Responded>((await CallAsync(fixture, "/nowhere")).Result);

    private static SandboxFixture Occupied(ILogger? logger = null) => new(
        SandboxIsolation.Process, o => o.WorkerPath = Path.Combine(AppContext.BaseDirectory, "escapement-probe.dll"), logger: logger);

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
