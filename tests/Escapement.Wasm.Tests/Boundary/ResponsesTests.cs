using System.Diagnostics;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Boundary;

public abstract class ResponsesTests(SandboxIsolation isolation)
{
    [Theory]
    [InlineData(262_144, true)]
    [InlineData(262_145, false)]
    [InlineData(60 << 20, false)]
    public async Task Invoke_ResponseOfSize_IsHeldAgainstTheLimit(int size, bool fits)
    {
        await using var fixture = new SandboxFixture(isolation);
        var invoked = await fixture.InvokeAsync(Answers(size));
        if (fits)
        {
            Assert.Equal(size, Assert.IsType<InvocationResult.Responded>(invoked.Result).Response.Body!.Value.Length);
        }
        else
        {
            Assert.Equal(RunReason.ResponseTooLarge, SandboxFixture.Failed(invoked).Reason);
        }

        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_HugeResponsesInARow_MemoryComesBack()
    {
        await using var fixture = new SandboxFixture(isolation);
        await fixture.AnswersStillAsync();
        var before = Resident();
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(RunReason.ResponseTooLarge, SandboxFixture.Failed(await fixture.InvokeAsync(Answers(60 << 20))).Reason);
        }

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Assert.InRange(Resident() - before, long.MinValue, 200L << 20);
    }

    [Fact]
    public async Task Invoke_StatusThatIsNone_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(new GuestComponent { Data = """(data (i32.const 16) "\63\00")""" }));
        Assert.Equal((RunReason.Trap, "The handler answered status 99, which is no HTTP status."), (failed.Reason, failed.Message));
    }

    private static GuestComponent Answers(int bodySize) => new()
    {
        Pages = 1_000,
        Body = $"""
            (i32.store (i32.const 28) (i32.const 1))
            (i32.store (i32.const 32) (i32.const 65536))
            (i32.store (i32.const 36) (i32.const {bodySize}))
            {GuestComponent.AnswerOk}
            """,
    };

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    public sealed class InProcess() : ResponsesTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : ResponsesTests(SandboxIsolation.Process);
}
