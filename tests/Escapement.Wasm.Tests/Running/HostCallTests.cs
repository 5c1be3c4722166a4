using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Wasm.Tests.Running;

public abstract class HostCallTests(SandboxIsolation isolation)
{
    [Fact]
    public async Task Invoke_HostCallInAnEndlessLoop_EndsAsTooManyHostCalls()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = await fixture.InvokeAsync(GuestComponent.Deletes("(loop $again (call $remove (i32.const 64) (i32.const 5) (i32.const 128)) (br $again))"));
        Assert.Equal(RunReason.TooManyHostCalls, SandboxFixture.Failed(failed).Reason);
        Assert.Equal(1_001, failed.Evidence.HostCalls["scheduler.delete"]);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_HostCallThatNeverAnswers_EndsAsTimeOutAndIsTold()
    {
        await using var fixture = new SandboxFixture(isolation, o => o.TimeLimit = TimeSpan.FromSeconds(1));
        var told = new TaskCompletionSource();
        fixture.Scheduler.OnDelete = (_, token) =>
        {
            token.Register(() => told.TrySetResult());
            return new TaskCompletionSource<ScheduleChange>().Task;
        };
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(GuestComponent.Deletes("(call $remove (i32.const 64) (i32.const 5) (i32.const 128))")));
        Assert.Equal(RunReason.TimeOut, failed.Reason);
        await told.Task;
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_HostCallThatFails_EndsAsHostErrorWithoutDetails()
    {
        await using var fixture = new SandboxFixture(isolation);
        fixture.Scheduler.OnDelete = async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("a secret of the host");
        };
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(GuestComponent.Deletes("(call $remove (i32.const 64) (i32.const 5) (i32.const 128))")));
        Assert.Equal(RunReason.HostError, failed.Reason);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
    }

    public sealed class InProcess() : HostCallTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : HostCallTests(SandboxIsolation.Process);
}
