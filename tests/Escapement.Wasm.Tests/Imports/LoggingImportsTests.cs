using Escapement.Extensions;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Imports;

public abstract class LoggingImportsTests(SandboxIsolation isolation)
{
    [Theory]
    [InlineData("log-info", "info")]
    [InlineData("log-warn", "warn")]
    [InlineData("log-error", "error")]
    public async Task Log_Granted_KeepsTheLineWithItsLevel(string function, string level)
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent { Body = "(call $log (i32.const 64) (i32.const 5)) " + GuestComponent.AnswerOk }.ImportLogging(function);
        var invoked = await fixture.InvokeAsync(guest, Capability.LogEmit);
        var line = Assert.Single(invoked.Evidence.Log);
        Assert.Equal((level, "hello"), (line.Level, line.Message));
        Assert.Equal(1, invoked.Evidence.HostCalls["logging." + level]);
    }

    [Fact]
    public async Task Invoke_LogFlood_KeepsTheFirstLinesAndCountsTheRest()
    {
        await using var fixture = new SandboxFixture(isolation);
        var invoked = await fixture.InvokeAsync(LogsTimes(10_000), Capability.LogEmit);
        Assert.IsType<InvocationResult.Responded>(invoked.Result);
        Assert.Equal(500, invoked.Evidence.Log.Count);
        Assert.All(invoked.Evidence.Log, l => Assert.Equal(("info", "hello"), (l.Level, l.Message)));
        Assert.Equal(9_500, invoked.Evidence.DroppedLogLines);
        Assert.Equal(10_000, invoked.Evidence.HostCalls["logging.info"]);
    }

    [Fact]
    public async Task Invoke_LogsWithoutTheCapability_KeepsNothingAndCounts()
    {
        await using var fixture = new SandboxFixture(isolation);
        var invoked = await fixture.InvokeAsync(LogsTimes(3));
        Assert.Empty(invoked.Evidence.Log);
        Assert.Equal(3, invoked.Evidence.DroppedLogLines);
    }

    private static GuestComponent LogsTimes(int times) => new GuestComponent
    {
        Body = $"""
            (local $left i32)
            (local.set $left (i32.const {times}))
            (loop $again
              (call $log (i32.const 64) (i32.const 5))
              (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
            {GuestComponent.AnswerOk}
            """,
    }.ImportLogging();

    public sealed class InProcess() : LoggingImportsTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : LoggingImportsTests(SandboxIsolation.Process);
}
