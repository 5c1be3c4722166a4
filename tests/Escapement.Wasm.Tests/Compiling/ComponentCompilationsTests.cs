using System.Collections.Concurrent;
using System.Security.Cryptography;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Compiling;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Wasm.Tests.Compiling;

/// <summary>With a compiler that the test plays, and time that moves when told.</summary>
public sealed class ComponentCompilationsTests : IComponentSource, IComponentCompiler, IAsyncDisposable
{
    private const string Engine = "0123456789abcdef";

    private readonly FakeTimeProvider time = new();
    private readonly FakeCompilationStore store = new();
    private readonly FakeInstalls installs = new();
    private readonly EscapementTelemetry telemetry = new();
    private readonly ConcurrentDictionary<VersionId, byte[]> components = [];
    private readonly BlockingCollection<Compiling> begun = [];
    private readonly Lines logger = new();
    private readonly ComponentCompilations compilations;
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    public ComponentCompilationsTests() => compilations = Node();

    [Fact]
    public async Task Run_PublishedBefore_IsCompiledInTheBackground()
    {
        Publish("com.acme.a");
        Start();

        (await BegunAsync()).Compiled();
        await EndedAsync("com.acme.a");

        Assert.Equal(CompilationState.Compiled, Assert.Single(store.All).State);
    }

    [Fact]
    public async Task Run_OnAClockThatLeaps_SaysWhatTheCompilerTookInRealTime()
    {
        Publish("com.acme.a");
        Start();

        var compiling = await BegunAsync();
        time.Advance(TimeSpan.FromDays(7));
        compiling.Compiled();
        await EndedAsync("com.acme.a");

        Assert.InRange(Assert.Single(store.All).Took!.Value, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_Compiled_ItsFileIsUnusedUnlessRunsWaitForIt(bool isEnabled)
    {
        var folder = Directory.CreateTempSubdirectory("escapement-unused-");
        await using var node = Node(folder.FullName);
        var version = Publish("com.acme.a");
        if (isEnabled)
        {
            installs.Enabled.Add(version);
        }

        running = node.RunAsync(stopping.Token);
        (await BegunAsync()).Compiled();
        await node.WhenEndedAsync(Sha("com.acme.a"));

        Assert.Equal(!isEnabled, CompiledFileUse.IsUnused(Assert.Single(folder.GetFiles("*.cwasm")).FullName));
        await stopping.CancelAsync();
        await running;
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("refused", "bad handler")]
    [InlineData("timed-out", "more than the 60 s of processor time")]
    [InlineData("out-of-memory", "more than the 1024 MiB")]
    [InlineData("too-large", "larger than the 64 MiB")]
    public async Task Run_CompilerSaysNo_IsRefusedWithTheReasonAndNotTriedAgain(string how, string reason)
    {
        Publish("com.acme.a");
        Start();
        (await BegunAsync()).Result.SetResult(how switch
        {
            "refused" => new CompileResult.Refused("bad handler"),
            "timed-out" => new CompileResult.TimedOut(TimeSpan.FromSeconds(60)),
            "out-of-memory" => new CompileResult.OutOfMemory(1L << 30),
            _ => new CompileResult.InputTooLarge(64 << 20),
        });
        await EndedAsync("com.acme.a");

        var refused = Assert.Single(store.All);
        Assert.Equal(CompilationState.Refused, refused.State);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);

        compilations.Review();
        Publish("com.acme.b");
        compilations.Review();
        Assert.Equal(Sha("com.acme.b"), (await BegunAsync()).Component);
    }

    [Fact]
    public async Task Want_OneComponentOfTwoVersions_IsCompiledOnce()
    {
        var first = Publish("com.acme.a");
        var second = Publish("com.acme.a");
        Start();
        (await BegunAsync()).Compiled();
        await EndedAsync("com.acme.a");

        Assert.NotEqual(first, second);
        Assert.Empty(begun);
        Assert.Single(store.All);
    }

    [Fact]
    public async Task Review_LastInstallIsGone_EndsTheCompilationThatRunsWaitedFor()
    {
        var version = Publish("com.acme.a", compiledBefore: true);
        installs.Enabled.Add(version);
        Start();
        var compiling = await BegunAsync();

        installs.Enabled.Clear();
        compilations.Review();
        await compiling.CancelledAsync();
        await EndedAsync("com.acme.a");

        Assert.Equal(CompilationState.Pending, Assert.Single(store.All).State);
    }

    [Fact]
    public async Task Want_RunsWaitWhileBothPlacesAreOthers_OneMakesRoomAndIsCompiledAfterwards()
    {
        Publish("com.acme.a");
        Publish("com.acme.b");
        Start();
        var (first, second) = (await BegunAsync(), await BegunAsync());
        var due = Publish("com.acme.due");
        installs.Enabled.Add(due);
        compilations.Review();

        var begun = await BegunAsync();
        Assert.Equal(Sha("com.acme.due"), begun.Component);
        Assert.Equal(1, new[] { first, second }.Count(c => c.Cancelled.Task.IsCompleted));
        var (interrupted, other) = first.Cancelled.Task.IsCompleted ? (first, second) : (second, first);
        Assert.True(compilations.Waits(interrupted.Component));
        Assert.False(compilations.Waits(begun.Component));
        Assert.Equal(CompilationState.Pending, (await store.GetAsync(interrupted.Component, Engine, CancellationToken.None))!.State);

        begun.Compiled();
        await EndedAsync("com.acme.due");
        var again = await BegunAsync();
        Assert.Equal(interrupted.Component, again.Component);
        again.Compiled();
        other.Compiled();
        await Task.WhenAll(EndedAsync("com.acme.a"), EndedAsync("com.acme.b"));
        Assert.Equal(3, store.All.Count(c => c.State == CompilationState.Compiled));
    }

    [Fact]
    public async Task Carry_TwoSmallOnesTakeLong_AnotherPublishersGoesOnAndBothAreCompiledOneAfterTheOther()
    {
        Publish("com.bombs.a", publisher: "bomber");
        Publish("com.bombs.b", publisher: "bomber");
        Start();
        var (first, second) = (await BegunAsync(), await BegunAsync());
        Publish("com.acme.honest");
        compilations.Review();
        first.TakesLong();
        second.TakesLong();

        await second.CancelledAsync();
        var honest = await BegunAsync();
        Assert.Equal(Sha("com.acme.honest"), honest.Component);
        Assert.False(first.Cancelled.Task.IsCompleted);
        Assert.True(compilations.Waits(second.Component));
        honest.Compiled();
        await EndedAsync("com.acme.honest");
        Assert.Empty(begun);

        // Its turn among those that take long has come, and it is not put back again.
        first.Result.SetResult(new CompileResult.TimedOut(TimeSpan.FromSeconds(60)));
        var again = await BegunAsync();
        Assert.Equal(second.Component, again.Component);
        again.TakesLong();
        again.Compiled();
        await compilations.WhenEndedAsync(second.Component);
        Assert.Equal(CompilationState.Compiled, (await store.GetAsync(second.Component, Engine, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Review_WithdrawnOnceItMadeRoom_IsNotBegunAgain()
    {
        Publish("com.acme.a");
        Publish("com.acme.b");
        Start();
        await BegunAsync();
        await BegunAsync();
        var due = Publish("com.acme.due");
        installs.Enabled.Add(due);
        compilations.Review();
        var begun = await BegunAsync();

        store.Published.Clear();
        installs.Enabled.Clear();
        compilations.Review();
        await begun.CancelledAsync();
        await Task.WhenAll(EndedAsync("com.acme.a"), EndedAsync("com.acme.b"), EndedAsync("com.acme.due"));

        Assert.Empty(this.begun);
    }

    [Fact]
    public async Task Review_Withdrawn_EndsWhatWaitsAndWhatGoesOn()
    {
        Publish("com.acme.a");
        Publish("com.acme.b");
        Publish("com.acme.c");
        Start();
        Compiling[] two = [await BegunAsync(), await BegunAsync()];

        store.Published.Clear();
        compilations.Review();
        await Task.WhenAll(two.Select(c => c.CancelledAsync()));
        await Task.WhenAll(EndedAsync("com.acme.a"), EndedAsync("com.acme.b"), EndedAsync("com.acme.c"));

        Assert.Empty(begun);
    }

    [Fact]
    public async Task Carry_AnotherNodeHasIt_IsLeftToThatUntilItsLeaseRunsOut()
    {
        Publish("com.acme.a");
        var other = new CompilationLease(Sha("com.acme.a"), Engine, Ids.Next(time), time.GetUtcNow().AddSeconds(40));
        await store.ClaimAsync(other, time.GetUtcNow(), CancellationToken.None);
        Start();
        Publish("com.acme.b");
        compilations.Review();
        Assert.Equal(Sha("com.acme.b"), (await BegunAsync()).Component);

        // The other node says nothing any more.
        time.Advance(TimeSpan.FromSeconds(41));
        compilations.Review();
        Assert.Equal(Sha("com.acme.a"), (await BegunAsync()).Component);
    }

    [Fact]
    public async Task Carry_NodesWereLostThreeTimes_IsRefused()
    {
        Publish("com.acme.a");
        for (var i = 0; i < 3; i++)
        {
            var lost = new CompilationLease(Sha("com.acme.a"), Engine, Ids.Next(time), time.GetUtcNow());
            Assert.IsType<CompilationClaim.Taken>(await store.ClaimAsync(lost, time.GetUtcNow(), CancellationToken.None));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Start();
        await Until(() => store.All[0].State == CompilationState.Refused);

        Assert.Contains("begun 3 times and came to no end: each time the host was lost, or failed", store.All[0].Reason, StringComparison.Ordinal);
        Assert.Equal(time.GetUtcNow().AddHours(1), store.All[0].TriedAgainAt);
        Assert.Empty(begun);
    }

    [Fact]
    public async Task Carry_CompilerIsLostOnce_IsTriedAgain()
    {
        Publish("com.acme.a");
        Start();
        (await BegunAsync()).Result.SetResult(new CompileResult.CompilerLost("It was killed (signal 9)."));
        await Until(() => logger.Of(LogEvents.CompilerLost).Any());
        Assert.Contains("signal 9", logger.Of(LogEvents.CompilerLost).Single(), StringComparison.Ordinal);

        // Not at once.
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(begun);
        (await NextTryAsync()).Compiled();
        await EndedAsync("com.acme.a");

        Assert.Equal(CompilationState.Compiled, Assert.Single(store.All).State);
    }

    [Fact]
    public async Task Carry_CompilerIsLostThreeTimes_IsRefusedForAnHour()
    {
        Publish("com.acme.a");
        Start();
        for (var i = 0; i < 3; i++)
        {
            (await NextTryAsync()).Result.SetResult(new CompileResult.CompilerLost("It was killed (signal 9)."));
        }

        await EndedAsync("com.acme.a");

        var refused = Assert.Single(store.All);
        Assert.Equal((CompilationState.Refused, time.GetUtcNow().AddHours(1)), (refused.State, refused.TriedAgainAt));
        Assert.Contains("signal 9", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(3, logger.Of(LogEvents.CompilerLost).Count());
        Assert.Empty(begun);

        time.Advance(TimeSpan.FromHours(1));
        compilations.Review();
        (await BegunAsync()).Compiled();
        await EndedAsync("com.acme.a");
        Assert.Equal(CompilationState.Compiled, Assert.Single(store.All).State);
    }

    [Fact]
    public async Task Want_OthersCompiledItAndThisNodeCannot_IsTriedAfterPausesThatGrow()
    {
        var version = SomeVersion.Of(Publish("com.acme.a"), Sha("com.acme.a"));
        installs.Enabled.Add(version.Id);
        await CompiledElsewhereAsync("com.acme.a");
        Start();
        var pause = TimeSpan.FromSeconds(30);
        for (var i = 1; i <= 10; i++)
        {
            compilations.Want(version, CompileFor.Runs);
            (await BegunAsync()).Result.SetResult(new CompileResult.OutOfMemory(1L << 30));
            await EndedAsync("com.acme.a");
            var failed = compilations.FailedHere(version.ComponentSha256)!;
            Assert.Equal((i, time.GetUtcNow() + pause), (failed.Times, failed.TriedAgainAt));
            Assert.Contains("1024 MiB", failed.Reason, StringComparison.Ordinal);
            Assert.Equal(i, logger.Of(LogEvents.CompilationFailedHere).Count());

            time.Advance(pause - TimeSpan.FromTicks(1));
            compilations.Want(version, CompileFor.Runs);
            await EndedAsync("com.acme.a");
            Assert.Empty(begun);
            time.Advance(TimeSpan.FromTicks(1));
            pause = pause * 2 < TimeSpan.FromHours(1) ? pause * 2 : TimeSpan.FromHours(1);
        }

        // The store still says what others came to, and of a success nothing is remembered.
        Assert.Equal(CompilationState.Compiled, Assert.Single(store.All).State);
        Assert.Empty(logger.Of(LogEvents.CompilationRefused));
        compilations.Want(version, CompileFor.Runs);
        (await BegunAsync()).Compiled();
        await EndedAsync("com.acme.a");
        Assert.Null(compilations.FailedHere(version.ComponentSha256));
    }

    [Fact]
    public async Task Want_FailedOnThisNodeBefore_ComesAfterWhatOthersWaitFor()
    {
        var version = await FailedHereAsync("com.acme.failing");
        Publish("com.acme.a");
        Publish("com.acme.b");
        compilations.Review();
        Compiling[] two = [await BegunAsync(), await BegunAsync()];

        // Nobody makes room for it, as for another's runs.
        compilations.Want(version, CompileFor.Runs);
        Assert.All(two, c => Assert.False(c.Cancelled.Task.IsCompleted));
        installs.Enabled.Add(Publish("com.acme.due"));
        compilations.Review();
        var due = await BegunAsync();
        Assert.Equal(Sha("com.acme.due"), due.Component);
        Assert.True(compilations.Waits(version.ComponentSha256));
        due.Compiled();
        Assert.Equal(version.ComponentSha256, (await BegunAsync()).Component);
    }

    [Fact]
    public async Task Want_FailedOnThisNodeBeforeAndPublishersNeverStop_HasItsTurn()
    {
        var version = await FailedHereAsync("com.acme.failing");
        Publish("com.acme.a");
        Publish("com.acme.b");
        compilations.Review();
        Compiling[] two = [await BegunAsync(), await BegunAsync()];
        compilations.Want(version, CompileFor.Runs);
        Publish("com.acme.c");
        Publish("com.other.d", publisher: "other");
        compilations.Review();
        await Until(() => compilations.Waits(Sha("com.other.d")));

        two[0].Compiled();
        Assert.Equal(version.ComponentSha256, (await BegunAsync()).Component);
    }

    [Fact]
    public async Task NotLoaded_WaitsForItsTurnAlready_GoesBehindOthersRuns()
    {
        installs.Enabled.Add(Publish("com.acme.a"));
        installs.Enabled.Add(Publish("com.acme.b"));
        Start();
        Compiling[] two = [await BegunAsync(), await BegunAsync()];
        var version = SomeVersion.Of(new VersionId(Ids.Next(time)), Sha("com.acme.failing"));
        components[version.Id] = Bytes("com.acme.failing");
        installs.Enabled.Add(version.Id);
        await CompiledElsewhereAsync("com.acme.failing");
        compilations.Want(version, CompileFor.Runs);
        installs.Enabled.Add(Publish("com.acme.due"));
        compilations.Review();
        await Until(() => compilations.Waits(Sha("com.acme.due")));

        await compilations.NotLoadedAsync(version, "of another processor", CancellationToken.None);
        Assert.False(compilations.TakesStoresCode(version.ComponentSha256));
        two[0].Compiled();
        Assert.Equal(Sha("com.acme.due"), (await BegunAsync()).Component);
        two[1].Compiled();
        Assert.Equal(version.ComponentSha256, (await BegunAsync()).Component);
    }

    [Fact]
    public async Task NotLoaded_ItsFileIsHeldOpen_IsOfNoUseUntilItIsMadeAnew()
    {
        var folder = Directory.CreateTempSubdirectory("escapement-held-");
        await using var node = Node(folder.FullName);
        var version = SomeVersion.Of(Publish("com.acme.a"), Sha("com.acme.a"));
        installs.Enabled.Add(version.Id);
        running = node.RunAsync(stopping.Token);
        (await BegunAsync()).Compiled();
        await node.WhenEndedAsync(version.ComponentSha256);
        await using (File.OpenRead(Assert.Single(folder.GetFiles("*.cwasm")).FullName))
        {
            await node.NotLoadedAsync(version, "of another processor", CancellationToken.None);
        }

        Assert.Single(folder.GetFiles("*.cwasm"));
        Assert.True(node.IsOfNoUse(version.ComponentSha256));
        Assert.False((await node.GetAsync(version, CancellationToken.None)).IsHere);
        time.Advance(FailuresHere.FirstPause);
        node.Want(version, CompileFor.Runs);
        (await BegunAsync()).Compiled();
        await node.WhenEndedAsync(version.ComponentSha256);

        // It is tried, and what comes of it is one more of the same.
        Assert.False(node.IsOfNoUse(version.ComponentSha256));
        Assert.True((await node.GetAsync(version, CancellationToken.None)).IsHere);
        await node.NotLoadedAsync(version, "of another processor", CancellationToken.None);
        Assert.Equal(2, node.FailedHere(version.ComponentSha256)!.Times);
        Assert.True(node.IsOfNoUse(version.ComponentSha256));
        await stopping.CancelAsync();
        await running;
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Carry_FailsHereWhileItMakesRoom_IsTriedAfterItsPauseAndNotAtOnce()
    {
        var version = await FailedHereAsync("com.acme.failing");
        Publish("com.acme.a");
        compilations.Review();
        await BegunAsync();
        compilations.Want(version, CompileFor.Runs);
        var failing = await BegunAsync();
        failing.EndsByItself = true;
        installs.Enabled.Add(Publish("com.acme.due"));
        compilations.Review();
        await failing.CancelledAsync();
        var ended = EndedAsync("com.acme.failing");

        failing.Result.SetResult(new CompileResult.OutOfMemory(1L << 30));

        await ended;
        Assert.Equal(Sha("com.acme.due"), (await BegunAsync()).Component);
        Assert.Equal(2, compilations.FailedHere(version.ComponentSha256)!.Times);
        Assert.False(compilations.Waits(version.ComponentSha256));
    }

    [Fact]
    public async Task Want_HostFailsOverWhatOthersCompiled_IsTriedAfterAPause()
    {
        var version = SomeVersion.Of(Publish("com.acme.a"), Sha("com.acme.a"));
        installs.Enabled.Add(version.Id);
        await CompiledElsewhereAsync("com.acme.a");
        Start();
        compilations.Want(version, CompileFor.Runs);
        (await BegunAsync()).Result.SetException(new InvalidDataException("The bundle is damaged."));
        await EndedAsync("com.acme.a");

        compilations.Want(version, CompileFor.Runs);
        await EndedAsync("com.acme.a");
        Assert.Empty(begun);
        time.Advance(TimeSpan.FromSeconds(30));
        compilations.Want(version, CompileFor.Runs);
        (await BegunAsync()).Compiled();
    }

    [Fact]
    public async Task AskFor_RefusedForAnHour_RunsWaitAndAreToldUntilWhen()
    {
        var version = SomeVersion.Of(Publish("com.acme.a"), Sha("com.acme.a"));
        installs.Enabled.Add(version.Id);
        Start();
        for (var i = 0; i < 3; i++)
        {
            (await NextTryAsync()).Result.SetResult(new CompileResult.CompilerLost("It was killed (signal 9)."));
        }

        await EndedAsync("com.acme.a");
        var missing = new MissingCode(compilations, NullLogger.Instance);
        var again = time.GetUtcNow().AddHours(1);

        var (failure, waits) = await missing.AskForAsync(version, CancellationToken.None);
        Assert.Null(failure);
        Assert.Contains($"is tried again at {again:yyyy-MM-dd'T'HH:mm:ss'Z'}: The compiler was lost 3 times", waits, StringComparison.Ordinal);
        Assert.Empty(begun);

        // When the hour is over it is compiled as if for the first time, and they wait for that.
        time.Advance(TimeSpan.FromHours(1));
        compilations.Review();
        var compiling = await BegunAsync();
        (failure, waits) = await missing.AskForAsync(version, CancellationToken.None);
        Assert.Null(failure);
        Assert.EndsWith("is being compiled", waits, StringComparison.Ordinal);
        compiling.Compiled();
    }

    [Fact]
    public async Task Get_CompiledAndThereIsNoFileOfItHere_SaysSo()
    {
        var version = SomeVersion.Of(Publish("com.acme.a"), Sha("com.acme.a"));
        Start();
        (await BegunAsync()).Compiled();
        await EndedAsync("com.acme.a");
        Assert.True((await compilations.GetAsync(version, CancellationToken.None)).IsHere);

        await using var other = Node();
        var there = await other.GetAsync(version, CancellationToken.None);
        Assert.Equal((CompilationState.Compiled, false), (there.State, there.IsHere));
        Assert.False(Assert.Single(await other.GetManyAsync([version], CancellationToken.None)).IsHere);
    }

    [Fact]
    public async Task Carry_NoCompilerCanBeStarted_IsFreeAndTriedAgainWithoutEnd()
    {
        Publish("com.acme.a");
        Start();
        for (var i = 0; i < 5; i++)
        {
            (await BegunAsync()).Result.SetException(new CompilerUnavailableException("There is none."));
            await EndedAsync("com.acme.a");
            Assert.Equal(CompilationState.Pending, Assert.Single(store.All).State);
            compilations.Review();
        }

        (await BegunAsync()).Compiled();
        await EndedAsync("com.acme.a");

        Assert.Equal(CompilationState.Compiled, Assert.Single(store.All).State);
    }

    [Fact]
    public async Task Carry_TakesLongerThanItsLease_IsHeldAllTheWhile()
    {
        Publish("com.acme.a");
        Start();
        var compiling = await BegunAsync();
        var steps = 0;
        await Until(() =>
        {
            // On and on, past many leases, to a moment at which it was held anew not long ago.
            time.Advance(TimeSpan.FromSeconds(1));
            return ++steps > 200 && store.HeldUntil(Sha("com.acme.a")) - time.GetUtcNow() > TimeSpan.FromSeconds(20);
        });

        var claim = await store.ClaimAsync(
            new CompilationLease(Sha("com.acme.a"), Engine, Ids.Next(time), time.GetUtcNow()), time.GetUtcNow(), CancellationToken.None);
        Assert.IsType<CompilationClaim.Elsewhere>(claim);
        compiling.Compiled();
        await EndedAsync("com.acme.a");
        Assert.Equal(CompilationState.Compiled, Assert.Single(store.All).State);
    }

    public ValueTask<byte[]?> GetComponentAsync(VersionId version, CancellationToken cancellationToken) => new(components.GetValueOrDefault(version));

    async Task<CompileResult> IComponentCompiler.CompileAsync(ReadOnlyMemory<byte> component, Action takesLong, CancellationToken cancellationToken)
    {
        var compiling = new Compiling(Convert.ToHexStringLower(SHA256.HashData(component.Span)), takesLong);
        begun.Add(compiling, cancellationToken);
        try
        {
            return await compiling.Result.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            compiling.Cancelled.SetResult();
            if (compiling.EndsByItself)
            {
                return await compiling.Result.Task;
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        await compilations.DisposeAsync();
        telemetry.Dispose();
        stopping.Dispose();
        begun.Dispose();
    }

    private static string Sha(string extension) => Convert.ToHexStringLower(SHA256.HashData(Bytes(extension)));

    private static byte[] Bytes(string extension) => System.Text.Encoding.ASCII.GetBytes(extension);

    private ComponentCompilations Node(string? folder = null)
    {
        var cache = new CompiledCache(folder, Engine, TimeSpan.FromDays(1), time, NullLogger.Instance);
        var library = new CompiledLibrary(Engine, cache, null, new SealKey(store, time), TimeSpan.FromDays(1), time);
        return new ComponentCompilations(
            Engine, new CompilationStores(store, null, installs), this, library, this, telemetry.Sandbox, time, logger);
    }

    private VersionId Publish(string extension, bool compiledBefore = false, string publisher = "ops")
    {
        var id = new VersionId(Ids.Next(time));
        components[id] = Bytes(extension);
        store.Published.Enqueue(new UncompiledVersion(id, extension, "1.0.0", Sha(extension), 10, publisher, compiledBefore));
        return id;
    }

    private async Task CompiledElsewhereAsync(string extension)
    {
        var lease = new CompilationLease(Sha(extension), Engine, Ids.Next(time), time.GetUtcNow().AddSeconds(30));
        await store.ClaimAsync(lease, time.GetUtcNow(), CancellationToken.None);
        await store.EndAsync(lease, new CompilationEnd(), time.GetUtcNow(), CancellationToken.None);
    }

    // Of a version whose runs wait for it, and which may be tried again.
    private async Task<ExtensionVersion> FailedHereAsync(string extension)
    {
        var version = SomeVersion.Of(Publish(extension), Sha(extension));
        installs.Enabled.Add(version.Id);
        await CompiledElsewhereAsync(extension);
        Start();
        compilations.Want(version, CompileFor.Runs);
        (await BegunAsync()).Result.SetResult(new CompileResult.OutOfMemory(1L << 30));
        await EndedAsync(extension);
        time.Advance(FailuresHere.FirstPause);
        return version;
    }

    private void Start() => running = compilations.RunAsync(stopping.Token);

    private Task<Compiling> BegunAsync() => Task.Run(() => begun.Take(TestContext.Current.CancellationToken));

    // Moves time on until the next compilation begins.
    private async Task<Compiling> NextTryAsync()
    {
        Compiling? next = null;
        await Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return begun.TryTake(out next);
        });
        return next!;
    }

    private Task EndedAsync(string extension) => compilations.WhenEndedAsync(Sha(extension));

    private static async Task Until(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<(int Event, string Text)> all = [];

        public IEnumerable<string> Of(int id) => all.Where(l => l.Event == id).Select(l => l.Text);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Enqueue((eventId.Id, formatter(state, exception)));
    }

    private sealed class Compiling(string component, Action takesLong)
    {
        public string Component => component;

        public TaskCompletionSource<CompileResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether it comes to its own end, though nobody wants it any more: it was near to it.</summary>
        public bool EndsByItself { get; set; }

        public void TakesLong() => takesLong();

        public void Compiled() => Result.SetResult(new CompileResult.Compiled(new byte[] { 1 }));

        public Task CancelledAsync() => Cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
