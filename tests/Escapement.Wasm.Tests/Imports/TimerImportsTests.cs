using Escapement.Runs;

namespace Escapement.Wasm.Tests.Imports;

public abstract class TimerImportsTests(SandboxIsolation isolation)
{
    [Fact]
    public async Task Invoke_WaitsByTimer_EndsAtOnceInsteadOfSleeping()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(Sleeps("(i64.const 9000000000000000000)")));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("timer", failed.Message, StringComparison.Ordinal);
        await fixture.AnswersStillAsync();
    }

    private static GuestComponent Sleeps(string nanoseconds) =>
        new GuestComponent { Body = $"(drop (call $sleep {nanoseconds})) {GuestComponent.AnswerOk}" }.Import(
            "wasi:clocks/monotonic-clock@0.2.0", "", "subscribe-duration", "(param \"when\" u64) (result u32)", "(param i64) (result i32)", "sleep");

    public sealed class InProcess() : TimerImportsTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : TimerImportsTests(SandboxIsolation.Process);
}
