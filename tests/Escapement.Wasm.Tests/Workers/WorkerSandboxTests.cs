using System.Collections.Concurrent;
using System.Diagnostics;
using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Wasm.Components;
using Escapement.Wasm.Protocol;
using Escapement.Wasm.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Wasm.Tests.Workers;

public sealed class WorkerSandboxTests
{
    private const string Delete = "(call $remove (i32.const 64) (i32.const 5) (i32.const 128))";

    [Fact]
    public async Task Invoke_WorkerIsKilledWithOneGuestInIt_IsLostAloneAndTheNextAnswers()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1);
        var asks = new Asks(fixture, 1);
        var running = fixture.InvokeAsync(GuestComponent.Deletes(Delete));
        await asks.All;

        Kill(fixture);

        var lost = Assert.IsType<InvocationResult.WorkerLost>((await running).Result);
        Assert.True(lost.Alone);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_WorkerIsKilledWithTwoGuestsInIt_NeitherWasAlone()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1);
        var asks = new Asks(fixture, 2);
        var invocation = fixture.Publish(GuestComponent.Deletes(Delete).ToBytes());
        Task<Invoked>[] running = [InvokeAsync(fixture, invocation), InvokeAsync(fixture, invocation)];
        await asks.All;

        Kill(fixture);

        Assert.All(await Task.WhenAll(running), i => Assert.False(Assert.IsType<InvocationResult.WorkerLost>(i.Result).Alone));
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_WorkerIsKilled_WhatItsGuestLoggedIsKept()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1);
        var asks = new Asks(fixture, 1);
        var guest = new GuestComponent { Body = "(call $log (i32.const 64) (i32.const 5))" + Delete + GuestComponent.AnswerOk }.ImportLogging().ImportDelete();
        var running = fixture.InvokeAsync(guest, Capability.LogEmit, Capability.SchedulerManage);
        await asks.All;
        await Until(() => fixture.Workers.Alive.Sum(w => w.LinesTold) == 1);

        Kill(fixture);

        var invoked = await running;
        Assert.IsType<InvocationResult.WorkerLost>(invoked.Result);
        Assert.Equal(("info", "hello"), (Assert.Single(invoked.Evidence.Log).Level, invoked.Evidence.Log[0].Message));
    }

    [Fact]
    public async Task Invoke_WorkerWithMuchMemoryIsBeingEnded_NoCallIsGivenToIt()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o =>
        {
            o.Workers = 1;
            o.MemoryLimit = 1L << 30;
            o.WorkerMemoryLimit = 2L << 30;
        });
        await fixture.AnswersStillAsync();
        var holding = fixture.InvokeAsync(Touching(pages: 14_000));
        await Until(() => Assert.Single(fixture.Workers.Alive).OwnMemory() > 800 << 20);
        var good = fixture.Publish(new GuestComponent().ToBytes());

        Kill(fixture);

        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<InvocationResult.Responded>((await InvokeAsync(fixture, good)).Result);
        }

        Assert.IsType<InvocationResult.WorkerLost>((await holding).Result);
    }

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task Invoke_WorkerIsAskedToEnd_ItGoesOn(string signal)
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1);
        var asks = new Asks(fixture, 1);
        var running = fixture.InvokeAsync(GuestComponent.Deletes(Delete));
        await asks.All;

        await SignalAsync(fixture, signal);
        asks.Answer();

        Assert.IsType<InvocationResult.Responded>((await running).Result);
        await fixture.AnswersStillAsync();
        Assert.Equal(2UL, Assert.Single(fixture.Workers.Alive).Calls);
    }

    [Fact]
    public async Task Invoke_OneOfTwoWorkersIsKilled_TheOthersGuestGoesOn()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 2);
        await fixture.AnswersStillAsync();
        var asks = new Asks(fixture, 2);
        var invocation = fixture.Publish(GuestComponent.Deletes(Delete).ToBytes());
        Task<Invoked>[] running = [InvokeAsync(fixture, invocation), InvokeAsync(fixture, invocation)];
        await asks.All;

        var victim = fixture.Workers.Alive.First(w => w.Taken > 0);
        var wereTogether = victim.Taken == 2;
        Process.GetProcessById(victim.ProcessId).Kill();
        var first = await await Task.WhenAny(running);
        asks.Answer();
        var results = (await Task.WhenAll(running)).Select(i => i.Result).ToList();

        Assert.Equal(!wereTogether, Assert.IsType<InvocationResult.WorkerLost>(first.Result).Alone);
        Assert.Equal(wereTogether ? 0 : 1, results.Count(r => r is InvocationResult.Responded));
    }

    [Fact]
    public async Task Invoke_Alone_NothingElseStartsInItsWorkerMeanwhile()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1);
        var asks = new Asks(fixture, 1);
        var invocation = fixture.Publish(GuestComponent.Deletes(Delete).ToBytes()) with { Alone = true };
        var alone = fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None).AsTask();
        await asks.All;
        var mayStart = 0;
        var other = fixture.Sandbox.InvokeAsync(
            invocation with
            {
                MayStart = () =>
                {
                    mayStart++;
                    return true;
                },
            },
            CancellationToken.None).AsTask();
        Assert.Equal(0, mayStart);

        Kill(fixture);

        Assert.True(Assert.IsType<InvocationResult.WorkerLost>((await alone).Result).Alone);
        asks.Answer();
        Assert.IsType<InvocationResult.Responded>((await other).Result);
        Assert.Equal(1, mayStart);
    }

    [Fact]
    public async Task Invoke_TwoAlone_RunOneAfterTheOtherAndTheOtherWorkerServes()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 2);
        var asks = new Asks(fixture, 1);
        var invocation = fixture.Publish(GuestComponent.Deletes(Delete).ToBytes()) with { Alone = true };
        var first = InvokeAsync(fixture, invocation);
        await asks.All;

        var second = InvokeAsync(fixture, invocation);
        await fixture.AnswersStillAsync();
        Assert.False(second.IsCompleted);
        asks.Answer();

        Assert.All(await Task.WhenAll(first, second), i => Assert.IsType<InvocationResult.Responded>(i.Result));
    }

    [Fact]
    public async Task Invoke_GuestsHoldMoreMemoryThanAWorkerMay_TheWorkerAloneIsEnded()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o =>
        {
            o.Workers = 1;
            o.MemoryLimit = 256 << 20;
            o.WorkerMemoryLimit = 128 << 20;
        });
        var lost = Assert.IsType<InvocationResult.WorkerLost>((await fixture.InvokeAsync(Touching(pages: 4_000))).Result);

        Assert.True(lost.Alone);
        Assert.Contains("may hold 128", lost.Message, StringComparison.Ordinal);
        await fixture.AnswersStillAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Invoke_WorkerComesNearToItsLimit_IsGivenNoCallsUntilItHoldsLessUnlessItIsTheLast(int workers)
    {
        const long limit = 256 << 20;
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o =>
        {
            o.Workers = workers;
            o.MemoryLimit = limit;
            o.WorkerMemoryLimit = limit;
        });
        await fixture.AnswersStillAsync();
        await Until(() => fixture.Workers.Alive.Count(w => w.IsReady) == workers);
        var pages = (int)(((limit / 16 * 15) - fixture.Workers.Alive.Max(w => w.OwnMemory()!.Value)) >> 16);
        var asks = new Asks(fixture, 1);
        var growing = fixture.InvokeAsync(TouchingAndAsking(pages));
        await asks.All;
        var worker = fixture.Workers.Alive.Single(w => w.Taken == 1);
        await Until(() => worker.OwnMemory() > limit / 8 * 7 && (workers == 1 || worker.IsResting));

        // What a call brings could end it, with the other call in it: so it goes elsewhere, if there is an elsewhere.
        Assert.Equal(workers > 1, worker.IsResting);
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(new GuestComponent())).Result);
        asks.Answer();
        Assert.IsType<InvocationResult.Responded>((await growing).Result);
    }

    [Fact]
    public async Task Run_WorkerIsGone_TakesNoCallAndSaysNothingOfItsMemory()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1);
        await fixture.AnswersStillAsync();
        var worker = Assert.Single(fixture.Workers.Alive);
        worker.End(new WorkerEnd("The test has no use for it any more."));
        await worker.Gone;

        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        Assert.Equal(default, await worker.RunAsync(
            new CompiledCode("nowhere", ""), invocation, DateTimeOffset.UnixEpoch, null, TestContext.Current.CancellationToken));
        Assert.Null(worker.OwnMemory());
        worker.End(new WorkerEnd("Once more."));
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task LearnConfinements_NoWorkerCanBeStarted_TheyStayUnknownAndNothingFails()
    {
        var program = Path.GetTempFileName();
        try
        {
            await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.WorkerPath = program);
            var sandbox = (WorkerSandbox)fixture.Sandbox.Inner;
            await sandbox.LearnConfinementsAsync();

            Assert.Empty(sandbox.Confinements);
            Assert.Empty(fixture.Workers.Alive);
            Assert.True(sandbox.CanRun);
        }
        finally
        {
            File.Delete(program);
        }
    }

    [Fact]
    public async Task Invoke_WorkerStandsStill_EndsAsTimeOutAndTheNextAnswers()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o =>
        {
            o.Workers = 1;
            o.TimeLimit = TimeSpan.FromSeconds(1);
        });
        await fixture.AnswersStillAsync();
        await SignalAsync(fixture, "-STOP");

        Assert.Equal(RunReason.TimeOut, SandboxFixture.Failed(await fixture.InvokeAsync(new GuestComponent())).Reason);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Watch_AnIdleWorkerStandsStill_IsNamedAndAnotherTakesItsPlace()
    {
        var log = new Losses();
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1, logger: log);
        await fixture.AnswersStillAsync();
        var frozen = Assert.Single(fixture.Workers.Alive).ProcessId;
        await SignalAsync(fixture, "-STOP");

        // Nothing runs, and nobody asks for anything.
        await EndOf(frozen);

        Assert.Equal($"Worker process {frozen} was lost and is replaced: It stood still, and did not answer.", await log.First.Task);
        await fixture.AnswersStillAsync();
        Assert.NotEqual(frozen, Assert.Single(fixture.Workers.Alive).ProcessId);
    }

    [Fact]
    public async Task Invoke_AfterAsManyCallsAsAWorkerServes_AnotherTakesItsPlace()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o =>
        {
            o.Workers = 1;
            o.WorkerMaxCalls = 1;
        });
        await fixture.AnswersStillAsync();
        var first = fixture.Workers.Alive[0].ProcessId;
        await EndOf(first);
        await fixture.AnswersStillAsync();
        Assert.DoesNotContain(fixture.Workers.Alive, w => w.ProcessId == first);
    }

    [Fact]
    public async Task Invoke_AfterNothingRanForLong_TheWorkersAreGoneAndComeBack()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.WorkerIdleTime = TimeSpan.FromSeconds(1));
        await fixture.AnswersStillAsync();
        foreach (var worker in fixture.Workers.Alive)
        {
            await EndOf(worker.ProcessId);
        }

        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_MayNotStart_IsNotStartedAndTakesNoSlot()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Slots = 1);
        var invocation = fixture.Publish(new GuestComponent().ToBytes()) with { MayStart = () => false };
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<InvocationResult.NotStarted>((await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
        }

        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Dispose_GuestRuns_ItEndsAsCancelledAndNoProcessIsLeft()
    {
        var fixture = new SandboxFixture(SandboxIsolation.Process);
        var asks = new Asks(fixture, 1);
        var running = fixture.InvokeAsync(GuestComponent.Deletes(Delete));
        await asks.All;
        var ends = fixture.Workers.Alive.Select(w => EndOf(w.ProcessId)).ToList();

        await fixture.DisposeAsync();

        Assert.IsType<InvocationResult.Cancelled>((await running).Result);
        await Task.WhenAll(ends);
    }

    [Fact]
    public async Task Invoke_OneOfTwoWorkersCannotBeStarted_TheOtherServesAndTheSandboxSaysSo()
    {
        using var program = new ProgramCopy();
        var log = new NotStarted();
        await using var fixture = new SandboxFixture(SandboxIsolation.Process, o => (o.Workers, o.WorkerPath) = (2, program.Assembly), logger: log);
        await fixture.AnswersStillAsync();
        await Until(() => fixture.Workers.Alive.Count(w => w.IsReady) == 2);
        var sandbox = (WorkerSandbox)fixture.Sandbox.Inner;
        Assert.Null(sandbox.Warning);

        program.TakeAway();
        Process.GetProcessById(fixture.Workers.Alive[0].ProcessId).Kill();
        await Until(() => sandbox.Warning is not null);

        Assert.StartsWith("1 of the 2 processes in which extensions run cannot be started", sandbox.Warning, StringComparison.Ordinal);
        Assert.True(sandbox.CanRun);
        await fixture.AnswersStillAsync();
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line => Assert.True(!line.Contains('\n', StringComparison.Ordinal), line));

        program.BringBack();
        await Until(() => sandbox.Warning is null);
    }

    [Fact]
    public async Task Invoke_CodeCannotBeLoadedAndNoOtherWorkerCanBeStarted_RunsWaitAndTheFileStays()
    {
        using var program = new ProgramCopy();
        await using var fixture = new SandboxFixture(
            SandboxIsolation.Process, o => (o.Workers, o.WorkerPath, o.CacheDirectory) = (1, program.Assembly, program.Cache));
        await fixture.AnswersStillAsync();
        var invocation = fixture.Publish(new GuestComponent { Pages = 2 }.ToBytes());
        var engine = new EngineSettings(new WasmSandboxOptions()).Key;
        using var cache = new CompiledCache(program.Cache, engine, TimeSpan.FromDays(1), TimeProvider.System, NullLogger.Instance);
        var key = await fixture.Compilations.GetKeyAsync(SealKey.Name, default, default, CancellationToken.None);
        Assert.True(cache.Save("of another processor"u8.ToArray(), invocation.Extension.Version.ComponentSha256, key, isForRuns: true));

        program.TakeAway();
        var waits = Assert.IsType<InvocationResult.NotReady>((await InvokeAsync(fixture, invocation)).Result);
        Assert.Equal(RunReason.SandboxUnavailable, waits.Reason);
        Assert.True(cache.Has(invocation.Extension.Version.ComponentSha256, key));

        // The one that could not load it is better than none.
        await fixture.AnswersStillAsync();
        program.BringBack();
        await Until(() => fixture.Workers.Alive.Any(w => w.Number == 2));
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public async Task Invoke_NoFileCanBeMadeOfTheStoresCode_RunsWaitUntilOneCan()
    {
        var folder = Directory.CreateTempSubdirectory("escapement-tests-");
        var store = new FakeCompilationStore(code: new FakeCodeStore());
        var component = new GuestComponent().ToBytes();
        await using (var first = new SandboxFixture(SandboxIsolation.Process, compilations: store))
        {
            await first.Sandbox.InvokeAsync(first.Publish(component), CancellationToken.None);
        }

        await using (var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.CacheDirectory = folder.FullName, compilations: store))
        {
            // A file in its place stops every user.
            folder.Delete(recursive: true);
            await File.WriteAllTextAsync(folder.FullName, "", TestContext.Current.CancellationToken);
            var invocation = fixture.Publish(component);
            var waits = Assert.IsType<InvocationResult.NotReady>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
            Assert.Contains("could not be kept on this node", waits.Message, StringComparison.Ordinal);

            File.Delete(folder.FullName);
            Assert.IsType<InvocationResult.Responded>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
            Assert.Equal(0, fixture.Fetches);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task LearnConfinements_NothingRanYet_AreKnownAndNoProcessIsLeft()
    {
        await using var fixture = new SandboxFixture(SandboxIsolation.Process);
        var sandbox = (WorkerSandbox)fixture.Sandbox.Inner;
        Assert.Empty(sandbox.Confinements);

        await sandbox.LearnConfinementsAsync();

        Assert.Contains("watchdog", sandbox.Confinements);
        Assert.Empty(fixture.Workers.Alive);
        await fixture.AnswersStillAsync();
    }

    [Fact]
    public void New_NoProgram_SaysWhereItWasLookedFor()
    {
        var e = Assert.Throws<WorkerProgramMissingException>(() => new SandboxFixture(SandboxIsolation.Process, o => o.WorkerPath = "/nowhere/worker.dll"));
        Assert.Contains("/nowhere/worker.dll", e.Message, StringComparison.Ordinal);
        Assert.Contains("Sandbox:WorkerPath", e.Message, StringComparison.Ordinal);
    }

    /// <summary>A guest that has its memory to itself, page for page, and then goes on and on.</summary>
    private static GuestComponent Touching(int pages) => new()
    {
        Pages = pages,
        Body = $"""
            (local $at i32)
            (loop $again
              (i32.store offset=65536 (local.get $at) (i32.const 1))
              (br_if $again (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4096))) (i32.const {(pages - 2) * 65536}))))
            (loop $forever (br $forever))
            """ + GuestComponent.AnswerOk,
    };

    /// <summary>A guest that has its memory to itself, page for page, and then asks the host.</summary>
    private static GuestComponent TouchingAndAsking(int pages) => new GuestComponent
    {
        Pages = pages,
        Body = $"""
            (local $at i32)
            (loop $again
              (i32.store offset=65536 (local.get $at) (i32.const 1))
              (br_if $again (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4096))) (i32.const {(pages - 2) * 65536}))))
            """ + Delete + GuestComponent.AnswerOk,
    }.ImportDelete();

    private static Task<Invoked> InvokeAsync(SandboxFixture fixture, Invocation invocation) =>
        fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None).AsTask();

    private static void Kill(SandboxFixture fixture) => Process.GetProcessById(Assert.Single(fixture.Workers.Alive).ProcessId).Kill();

    private static async Task SignalAsync(SandboxFixture fixture, string signal)
    {
        using var sending = Process.Start("kill", $"{signal} {Assert.Single(fixture.Workers.Alive).ProcessId}");
        await sending.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task EndOf(int process)
    {
        try
        {
            using var ending = Process.GetProcessById(process);
            await ending.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    private static async Task Until(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A worker program that can be taken away while workers run it.</summary>
    private sealed class ProgramCopy : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("escapement-tests-");

        public ProgramCopy()
        {
            var built = Path.Combine(AppContext.BaseDirectory, WorkerProgram.Folder);
            foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder.FullName, "there", Path.GetRelativePath(built, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        public string Cache => Path.Combine(folder.FullName, "cache");

        public string Assembly => Path.Combine(folder.FullName, "there", "escapement-worker.dll");

        public void TakeAway() => Directory.Move(Path.Combine(folder.FullName, "there"), Path.Combine(folder.FullName, "away"));

        public void BringBack() => Directory.Move(Path.Combine(folder.FullName, "away"), Path.Combine(folder.FullName, "there"));

        public void Dispose() => folder.Delete(recursive: true);
    }

    /// <summary>What is logged of workers that did not become ready, with what the console would append of an exception.</summary>
    private sealed class Losses : ILogger
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == LogEvents.WorkerLost)
            {
                First.TrySetResult(formatter(state, exception));
            }
        }
    }

    private sealed class NotStarted : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == LogEvents.WorkerNotStarted)
            {
                Lines.Enqueue(formatter(state, exception) + exception);
            }
        }
    }

    /// <summary>Guests that ask the host to delete a schedule, and wait for the answer.</summary>
    private sealed class Asks
    {
        private readonly TaskCompletionSource all = new();
        private readonly TaskCompletionSource<ScheduleChange> answer = new();
        private int count;

        public Asks(SandboxFixture fixture, int expected) => fixture.Scheduler.OnDelete = (_, _) =>
        {
            if (Interlocked.Increment(ref count) == expected)
            {
                all.SetResult();
            }

            return answer.Task;
        };

        public Task All => all.Task;

        public void Answer() => answer.SetResult(new ScheduleChange { Kind = ScheduleChangeKind.Done });
    }
}
