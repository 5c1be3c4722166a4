using System.Diagnostics;
using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Wasm.Tests.Running;

public sealed class HostileGuestTests
{
    private const string Forever = "(loop $again (br $again)) " + GuestComponent.AnswerOk;

    [Fact]
    public async Task Invoke_PlainGuest_AnswersItsStatus()
    {
        await using var fixture = new SandboxFixture();
        var responded = Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(new GuestComponent())).Result);
        Assert.Equal(200, responded.Response.Status);
        Assert.Null(responded.Response.Body);
    }

    [Fact]
    public async Task Invoke_EndlessLoop_EndsAsTimeOut()
    {
        await using var fixture = new SandboxFixture(o => o.TimeLimit = TimeSpan.FromMilliseconds(100));
        var failed = Failed(await fixture.InvokeAsync(new GuestComponent { Body = Forever }));
        Assert.Equal((RunReason.TimeOut, "The time limit of 0.1 s was reached."), (failed.Reason, failed.Message));
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_Unreachable_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture();
        var failed = Failed(await fixture.InvokeAsync(new GuestComponent { Body = "unreachable" }));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("unreachable", failed.Message, StringComparison.Ordinal);
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_EndlessRecursion_EndsAsTrapThatNamesTheStack()
    {
        await using var fixture = new SandboxFixture();
        var failed = Failed(await fixture.InvokeAsync(new GuestComponent
        {
            Module = "(func $deeper (param i64) (result i64) (i64.add (call $deeper (local.get 0)) (i64.const 1)))",
            Body = "(drop (call $deeper (i64.const 1))) " + GuestComponent.AnswerOk,
        }));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("stack", failed.Message, StringComparison.Ordinal);
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_GrowthBeyondTheLimit_IsRefusedToTheGuest()
    {
        await using var fixture = new SandboxFixture(o => o.MemoryLimit = 4 << 20);
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
        await using var fixture = new SandboxFixture(o => o.MemoryLimit = 4 << 20);
        var failed = Failed(await fixture.InvokeAsync(new GuestComponent { Pages = 65 }));
        Assert.Equal(RunReason.ComponentUnavailable, failed.Reason);
        Assert.Contains("exceeds the limit", failed.Message, StringComparison.Ordinal);
        await AnswersStill(fixture);
    }

    [Theory]
    [InlineData("Uncaught InternalError: out of memory")]
    [InlineData("memory allocation of 1048576 bytes failed")]
    [InlineData("Hit MOZ_CRASH([unhandlable oom] Failed to allocate new chunk during GC) at JSContext.cpp:1")]
    public async Task Invoke_TrapsAfterSayingThatMemoryIsOut_EndsAsOutOfMemory(string lastWords)
    {
        await using var fixture = new SandboxFixture();
        var guest = Grows($"(call $log (i32.const 96) (i32.const {lastWords.Length}))", lastWords).ImportLogging("log-error");
        var failed = Failed(await fixture.InvokeAsync(guest, Capability.LogEmit));
        Assert.Equal(RunReason.OutOfMemory, failed.Reason);
        Assert.Contains("64 MiB", failed.Message, StringComparison.Ordinal);
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_SaysThatMemoryIsOutButAnswers_Responded()
    {
        await using var fixture = new SandboxFixture();
        var guest = new GuestComponent
        {
            Data = """(data (i32.const 16) "\c8\00\00\00\04\00\00\00\00\00\00\00\00\00\00\00") (data (i32.const 96) "out of memory")""",
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
        await using var fixture = new SandboxFixture();
        var invoked = await fixture.InvokeAsync(new GuestComponent { Module = string.Concat(Enumerable.Repeat("(memory 1)", memories - 1)) });
        if (runs)
        {
            Assert.IsType<InvocationResult.Responded>(invoked.Result);
        }
        else
        {
            Assert.Equal(RunReason.ComponentUnavailable, Failed(invoked).Reason);
        }

        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_TrapsSilentlyAfterRefusedGrowth_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture();
        Assert.Equal(RunReason.Trap, Failed(await fixture.InvokeAsync(Grows(""))).Reason);
        await AnswersStill(fixture);
    }

    [Theory]
    [InlineData(262_144, true)]
    [InlineData(262_145, false)]
    [InlineData(60 << 20, false)]
    public async Task Invoke_ResponseOfSize_IsHeldAgainstTheLimit(int size, bool fits)
    {
        await using var fixture = new SandboxFixture();
        var invoked = await fixture.InvokeAsync(Answers(size));
        if (fits)
        {
            Assert.Equal(size, Assert.IsType<InvocationResult.Responded>(invoked.Result).Response.Body!.Value.Length);
        }
        else
        {
            Assert.Equal(RunReason.ResponseTooLarge, Failed(invoked).Reason);
        }

        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_HugeResponsesInARow_MemoryComesBack()
    {
        await using var fixture = new SandboxFixture();
        await AnswersStill(fixture);
        var before = Resident();
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(RunReason.ResponseTooLarge, Failed(await fixture.InvokeAsync(Answers(60 << 20))).Reason);
        }

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Assert.InRange(Resident() - before, long.MinValue, 200L << 20);
    }

    [Fact]
    public async Task Invoke_StatusThatIsNone_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture();
        var failed = Failed(await fixture.InvokeAsync(new GuestComponent { Data = """(data (i32.const 16) "\63\00")""" }));
        Assert.Equal((RunReason.Trap, "The handler answered status 99, which is no HTTP status."), (failed.Reason, failed.Message));
    }

    [Fact]
    public async Task Invoke_LogFlood_KeepsTheFirstLinesAndCountsTheRest()
    {
        await using var fixture = new SandboxFixture();
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
        await using var fixture = new SandboxFixture();
        var invoked = await fixture.InvokeAsync(LogsTimes(3));
        Assert.Empty(invoked.Evidence.Log);
        Assert.Equal(3, invoked.Evidence.DroppedLogLines);
    }

    [Fact]
    public async Task Invoke_HostCallInAnEndlessLoop_EndsAsTooManyHostCalls()
    {
        await using var fixture = new SandboxFixture();
        var failed = await fixture.InvokeAsync(Deletes("(loop $again (call $remove (i32.const 64) (i32.const 5) (i32.const 128)) (br $again))"));
        Assert.Equal(RunReason.TooManyHostCalls, Failed(failed).Reason);
        Assert.Equal(1_001, failed.Evidence.HostCalls["scheduler.delete"]);
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_HostCallThatNeverAnswers_EndsAsTimeOutAndIsTold()
    {
        await using var fixture = new SandboxFixture(o => o.TimeLimit = TimeSpan.FromMilliseconds(100));
        var told = new TaskCompletionSource();
        fixture.Scheduler.OnDelete = (_, token) =>
        {
            token.Register(() => told.TrySetResult());
            return new TaskCompletionSource<ScheduleChange>().Task;
        };
        var failed = Failed(await fixture.InvokeAsync(Deletes("(call $remove (i32.const 64) (i32.const 5) (i32.const 128))")));
        Assert.Equal(RunReason.TimeOut, failed.Reason);
        await told.Task;
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_HostCallThatFails_EndsAsHostErrorWithoutDetails()
    {
        await using var fixture = new SandboxFixture();
        fixture.Scheduler.OnDelete = async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("a secret of the host");
        };
        var failed = Failed(await fixture.InvokeAsync(Deletes("(call $remove (i32.const 64) (i32.const 5) (i32.const 128))")));
        Assert.Equal(RunReason.HostError, failed.Reason);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_SchedulerWithoutCapability_GuestGetsTheRefusalAsResult()
    {
        await using var fixture = new SandboxFixture();
        string? asked = null;
        var answer = fixture.Scheduler.OnDelete;
        fixture.Scheduler.OnDelete = (id, token) =>
        {
            asked = id;
            return answer(id, token);
        };

        // success is the first byte; the error's text is at 128 + 8: the guest checks its length.
        var invoked = await fixture.InvokeAsync(Deletes("""
            (call $remove (i32.const 64) (i32.const 5) (i32.const 128))
            (if (i32.load8_u (i32.const 128)) (then unreachable))
            (if (i32.ne (i32.load (i32.const 140)) (i32.const 51)) (then unreachable))
            """));
        Assert.IsType<InvocationResult.Responded>(invoked.Result);
        Assert.Equal("hello", asked);
    }

    [Fact]
    public async Task Invoke_Cancelled_EndsTheGuest()
    {
        await using var fixture = new SandboxFixture(o => o.Slots = 1);
        using var cancellation = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        fixture.Scheduler.OnDelete = (_, _) =>
        {
            entered.SetResult();
            return Task.FromResult(new ScheduleChange { Kind = ScheduleChangeKind.Done });
        };
        var loops = Deletes("(call $remove (i32.const 64) (i32.const 5) (i32.const 128)) (loop $again (br $again))");
        var running = fixture.Sandbox.InvokeAsync(fixture.Publish(loops.ToBytes()), cancellation.Token);
        await entered.Task;
        await cancellation.CancelAsync();
        Assert.IsType<InvocationResult.Cancelled>((await running).Result);
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_WhileAnotherLoops_Answers()
    {
        await using var fixture = new SandboxFixture();
        using var cancellation = new CancellationTokenSource();
        var looping = fixture.Sandbox.InvokeAsync(fixture.Publish(new GuestComponent { Body = Forever }.ToBytes()), cancellation.Token);
        for (var i = 0; i < 20; i++)
        {
            await AnswersStill(fixture);
        }

        Assert.False(looping.IsCompleted);
        await cancellation.CancelAsync();
        Assert.IsType<InvocationResult.Cancelled>((await looping).Result);
    }

    [Fact]
    public async Task Invoke_UnknownImport_TrapsOnlyWhenCalled()
    {
        await using var fixture = new SandboxFixture();
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(Unknown(GuestComponent.AnswerOk))).Result);
        var failed = Failed(await fixture.InvokeAsync(Unknown("(call $pay) " + GuestComponent.AnswerOk)));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("pay", failed.Message, StringComparison.Ordinal);

        static GuestComponent Unknown(string body) => new GuestComponent { Body = body }.Import("acme:billing/invoices", "", "pay", "", "", "pay");
    }

    [Fact]
    public async Task Invoke_WaitsByTimer_EndsAtOnceInsteadOfSleeping()
    {
        await using var fixture = new SandboxFixture();
        var failed = Failed(await fixture.InvokeAsync(Sleeps("(i64.const 9000000000000000000)")));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("timer", failed.Message, StringComparison.Ordinal);
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_AsksForATerabyteOfRandomness_EndsAsTrap()
    {
        await using var fixture = new SandboxFixture();
        var guest = new GuestComponent { Body = "(call $random (i64.const 1099511627776) (i32.const 128)) " + GuestComponent.AnswerOk }
            .Import("wasi:random/random@0.2.0", "", "get-random-bytes", """(param "len" u64) (result (list u8))""", "(param i64 i32)", "random");
        Assert.Equal(RunReason.Trap, Failed(await fixture.InvokeAsync(guest)).Reason);
        await AnswersStill(fixture);
    }

    [Fact]
    public async Task Invoke_OlderWasiBesideUnknownImport_GetsTheRealClock()
    {
        await using var fixture = new SandboxFixture();
        var guest = new GuestComponent { Body = "(if (i64.eqz (call $now)) (then unreachable)) " + GuestComponent.AnswerOk }
            .Import("wasi:clocks/monotonic-clock@0.2.0", "", "now", "(result u64)", "(result i64)", "now")
            .Import("acme:billing/invoices", "", "pay", "", "", "pay");
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(guest)).Result);
    }

    private static GuestComponent Sleeps(string nanoseconds) =>
        new GuestComponent { Body = $"(drop (call $sleep {nanoseconds})) {GuestComponent.AnswerOk}" }.Import(
            "wasi:clocks/monotonic-clock@0.2.0", "", "subscribe-duration", "(param \"when\" u64) (result u32)", "(param i64) (result i32)", "sleep");

    private static GuestComponent Grows(string saysThem, string lastWords = "") => new()
    {
        Data = $"""(data (i32.const 96) "{lastWords}")""",
        Body = $"(loop $more (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) {saysThem} unreachable",
    };

    private static GuestComponent Deletes(string calls) => new GuestComponent { Pages = 4, Body = calls + GuestComponent.AnswerOk }.ImportDelete();

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

    private static async Task AnswersStill(SandboxFixture fixture) =>
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(new GuestComponent())).Result);

    private static InvocationResult.Failed Failed(Invoked invoked) => Assert.IsType<InvocationResult.Failed>(invoked.Result);

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
