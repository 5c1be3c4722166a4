using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

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
    public async Task Log_WhileTheGuestGoesOn_CanBeReadSoFar()
    {
        await using var fixture = new SandboxFixture(isolation);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource<ScheduleChange>());
        fixture.Scheduler.OnDelete = (_, _) =>
        {
            asked.SetResult();
            return answer.Task;
        };
        const string delete = "(call $remove (i32.const 64) (i32.const 5) (i32.const 128))";
        var guest = new GuestComponent { Body = "(call $log (i32.const 64) (i32.const 5))" + delete + GuestComponent.AnswerOk }.ImportLogging().ImportDelete();
        Func<IReadOnlyList<GuestLogLine>> read = () => [];
        var invocation = fixture.Publish(guest.ToBytes(), Capability.LogEmit, Capability.SchedulerManage) with { OnLog = given => read = given };

        var running = fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None).AsTask();
        await asked.Task;
        while (read().Count == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(("info", "hello"), (Assert.Single(read()).Level, read()[0].Message));
        Assert.False(running.IsCompleted);
        answer.SetResult(new ScheduleChange { Kind = ScheduleChangeKind.Done });
        Assert.Single((await running).Evidence.Log);
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
