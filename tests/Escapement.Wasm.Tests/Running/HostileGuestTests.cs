using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Wasm.Tests.Running;

public abstract class HostileGuestTests(SandboxIsolation isolation)
{
    private const string Forever = "(loop $again (br $again)) " + GuestComponent.AnswerOk;

    [Fact]
    public async Task Invoke_PlainGuest_AnswersItsStatus()
    {
        await using var fixture = new SandboxFixture(isolation);
        var responded = Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(new GuestComponent())).Result);
        Assert.Equal(200, responded.Response.Status);
        Assert.Null(responded.Response.Body);
    }

    [Fact]
    public async Task Invoke_EndlessLoop_EndsAsTimeOut()
    {
        await using var fixture = new SandboxFixture(isolation, o => o.TimeLimit = TimeSpan.FromSeconds(1));
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(new GuestComponent { Body = Forever }));
        Assert.Equal((RunReason.TimeOut, "The time limit of 1 s was reached."), (failed.Reason, failed.Message));
        await fixture.AnswersStillAsync();
    }

    [Theory]
    [InlineData(100, 20_000)]
    [InlineData(20_000, 100)]
    public async Task Invoke_EndlessLoopWithALimitOfItsOwn_EndsAtTheShorterOfTheTwo(int own, int sandboxes)
    {
        await using var fixture = new SandboxFixture(isolation, o => o.TimeLimit = TimeSpan.FromMilliseconds(sandboxes));
        var invocation = fixture.Publish(new GuestComponent { Body = Forever }.ToBytes()) with { TimeLimit = TimeSpan.FromMilliseconds(own) };
        var failed = SandboxFixture.Failed(await fixture.Sandbox.InvokeAsync(invocation, TestContext.Current.CancellationToken));
        Assert.Equal((RunReason.TimeOut, "The time limit of 0.1 s was reached."), (failed.Reason, failed.Message));
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_Unreachable_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(new GuestComponent { Body = "unreachable" }));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("unreachable", failed.Message, StringComparison.Ordinal);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_EndlessRecursion_EndsAsTrapThatNamesTheStack()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(new GuestComponent
        {
            Module = "(func $deeper (param i64) (result i64) (i64.add (call $deeper (local.get 0)) (i64.const 1)))",
            Body = "(drop (call $deeper (i64.const 1))) " + GuestComponent.AnswerOk,
        }));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("stack", failed.Message, StringComparison.Ordinal);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_GrowthBeyondTheLimit_IsRefusedToTheGuest()
    {
        await using var fixture = new SandboxFixture(isolation, o => o.MemoryLimit = 4 << 20);
        var growsTo = Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(new GuestComponent
        {
            // 63 pages fit beside the first; one more does not. The status tells which of the two was as it should be.
            Body = """
                (if (i32.ne (memory.grow (i32.const 63)) (i32.const 1)) (then unreachable))
                (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
                """ + GuestComponent.AnswerOk,
        })).Result);
        Assert.Equal(200, growsTo.Response.Status);
    }

    [Fact]
    public async Task Invoke_StartsWithMoreMemoryThanAllowed_IsUnavailable()
    {
        await using var fixture = new SandboxFixture(isolation, o => o.MemoryLimit = 4 << 20);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(new GuestComponent { Pages = 65 }));
        Assert.Equal(RunReason.ComponentUnavailable, failed.Reason);
        Assert.Contains("It asks for 5 MiB of memory at its start, and a guest may have 4 MiB", failed.Message, StringComparison.Ordinal);
        await fixture.AnswersStillAsync();
    }

    [Theory]
    [InlineData("Uncaught InternalError: out of memory")]
    [InlineData("memory allocation of 1048576 bytes failed")]
    [InlineData("Hit MOZ_CRASH([unhandlable oom] Failed to allocate new chunk during GC) at JSContext.cpp:1")]
    public async Task Invoke_TrapsAfterSayingThatMemoryIsOut_EndsAsOutOfMemory(string lastWords)
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = Grows($"(call $log (i32.const 96) (i32.const {lastWords.Length}))", lastWords).ImportLogging("log-error");
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(guest, Capability.LogEmit));
        Assert.Equal(RunReason.OutOfMemory, failed.Reason);
        Assert.Contains("64 MiB", failed.Message, StringComparison.Ordinal);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_SaysThatMemoryIsOutButAnswers_Responded()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent
        {
            Data = GuestComponent.AnswerData + """(data (i32.const 96) "out of memory")""",
            Body = "(call $log (i32.const 96) (i32.const 13))" + GuestComponent.AnswerOk,
        }.ImportLogging("log-error");
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(guest, Capability.LogEmit)).Result);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Invoke_NumberOfMemories_IsHeldAgainstTheLimit(int memories, bool runs)
    {
        // The limit on memory holds for each memory, so their number is limited too. One is the guest's own.
        await using var fixture = new SandboxFixture(isolation);
        var invoked = await fixture.InvokeAsync(new GuestComponent { Module = string.Concat(Enumerable.Repeat("(memory 1)", memories - 1)) });
        if (runs)
        {
            Assert.IsType<InvocationResult.Responded>(invoked.Result);
        }
        else
        {
            Assert.Equal(RunReason.ComponentUnavailable, SandboxFixture.Failed(invoked).Reason);
        }

        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_TrapsSilentlyAfterRefusedGrowth_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture(isolation);
        Assert.Equal(RunReason.Trap, SandboxFixture.Failed(await fixture.InvokeAsync(Grows(""))).Reason);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_Cancelled_EndsTheGuest()
    {
        await using var fixture = new SandboxFixture(isolation, o => o.Slots = 1);
        using var cancellation = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        fixture.Scheduler.OnDelete = (_, _) =>
        {
            entered.SetResult();
            return Task.FromResult(new ScheduleChange { Kind = ScheduleChangeKind.Done });
        };
        var loops = GuestComponent.Deletes("(call $remove (i32.const 64) (i32.const 5) (i32.const 128)) (loop $again (br $again))");
        var running = fixture.Sandbox.InvokeAsync(fixture.Publish(loops.ToBytes()), cancellation.Token);
        await entered.Task;
        await cancellation.CancelAsync();
        Assert.IsType<InvocationResult.Cancelled>((await running).Result);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_WhileAnotherLoops_Answers()
    {
        await using var fixture = new SandboxFixture(isolation);
        using var cancellation = new CancellationTokenSource();
        var looping = fixture.Sandbox.InvokeAsync(fixture.Publish(new GuestComponent { Body = Forever }.ToBytes()), cancellation.Token);
        for (var i = 0; i < 20; i++)
        {
            await fixture.AnswersStillAsync();
        }

        Assert.False(looping.IsCompleted);
        await cancellation.CancelAsync();
        Assert.IsType<InvocationResult.Cancelled>((await looping).Result);
    }

    [Fact]
    public async Task Invoke_AsksForATerabyteOfRandomness_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent { Body = "(call $random (i64.const 1099511627776) (i32.const 128)) " + GuestComponent.AnswerOk }
            .Import("wasi:random/random@0.2.0", "", "get-random-bytes", """(param "len" u64) (result (list u8))""", "(param i64 i32)", "random");
        Assert.Equal(RunReason.Trap, SandboxFixture.Failed(await fixture.InvokeAsync(guest)).Reason);
        await fixture.AnswersStillAsync();
    }

    private static GuestComponent Grows(string saysThem, string lastWords = "") => new()
    {
        Data = $"""(data (i32.const 96) "{lastWords}")""",
        Body = $"(loop $more (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) {saysThem} unreachable",
    };

    public sealed class InProcess() : HostileGuestTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : HostileGuestTests(SandboxIsolation.Process);
}
