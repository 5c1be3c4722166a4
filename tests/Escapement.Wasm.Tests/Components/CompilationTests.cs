using Escapement.Compiling;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Wasm.Compiling;
using Escapement.Wasm.Components;
using Escapement.Wasm.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Wasmtime.Components;

namespace Escapement.Wasm.Tests.Components;

public abstract class CompilationTests(SandboxIsolation isolation)
{
    [Fact]
    public async Task Invoke_NotCompiled_SaysSoAtOnceAndHasItCompiled()
    {
        await using var fixture = new SandboxFixture(isolation);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());

        var first = Assert.IsType<InvocationResult.NotReady>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);

        Assert.Contains("com.example.guest 1.0.0", first.Message, StringComparison.Ordinal);
        Assert.IsType<InvocationResult.Responded>((await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.Equal(CompilationState.Compiled, (await fixture.Sandbox.Inner.Compilations.GetAsync(invocation.Extension.Version)).State);
    }

    [Fact]
    public async Task Invoke_CompiledByAnotherNode_LoadsTheStoresCode()
    {
        var code = new FakeCodeStore();
        var store = new FakeCompilationStore(code: code);
        var component = new GuestComponent().ToBytes();
        await using (var first = new SandboxFixture(isolation, compilations: store))
        {
            await first.Sandbox.InvokeAsync(first.Publish(component), CancellationToken.None);
        }

        await using var second = new SandboxFixture(isolation, compilations: store);
        Assert.IsType<InvocationResult.Responded>((await second.Sandbox.Inner.InvokeAsync(second.Publish(component), CancellationToken.None)).Result);
        Assert.Equal(0, second.Fetches);
    }

    [Theory]
    [InlineData("seal")]
    [InlineData("code")]
    [InlineData("key")]
    public async Task Invoke_StoresCodeIsSomebodyElses_IsNotLoaded(string what)
    {
        var code = new FakeCodeStore();
        var component = new GuestComponent().ToBytes();
        await using (var first = new SandboxFixture(isolation, compilations: new FakeCompilationStore(what == "key" ? new byte[32] : null, code)))
        {
            await first.Sandbox.InvokeAsync(first.Publish(component), CancellationToken.None);
        }

        code.Change(bytes => bytes[what == "seal" ? 0 : ^1] ^= what == "key" ? (byte)0 : (byte)1);
        await using var second = new SandboxFixture(isolation, compilations: new FakeCompilationStore(code: code));
        var invocation = second.Publish(component);
        Assert.IsType<InvocationResult.NotReady>((await second.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.IsType<InvocationResult.Responded>((await second.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.Equal(1, second.Fetches);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("replaced")]
    public async Task Invoke_FileIsGoneOrDamagedWhileTheNodeRuns_IsMadeAnewAndRunsWait(string what)
    {
        using var folder = new TemporaryFolder();
        await using var fixture = new SandboxFixture(isolation, o =>
        {
            o.CacheDirectory = folder.Path;
            o.Workers = 1;
        });
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None);
        await ((ComponentCompilations)fixture.Sandbox.Inner.Compilations).WhenEndedAsync(invocation.Extension.Version.ComponentSha256);
        if (isolation == SandboxIsolation.Process)
        {
            // The host knows the file, and the worker that had it loaded is no more.
            Assert.IsType<InvocationResult.Responded>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
            await EndWorkerAsync(fixture);
        }

        var file = Assert.Single(Directory.GetFiles(folder.Path, "*.cwasm"));
        var content = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        if (what == "replaced")
        {
            content[content.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, content);
        }

        var waiting = Assert.IsType<InvocationResult.NotReady>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.EndsWith("compiled", waiting.Message, StringComparison.Ordinal);
        Assert.IsType<InvocationResult.Responded>((await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.Equal(2, fixture.Fetches);
    }

    [Fact]
    public async Task Invoke_FileIsGoneAndTheStoreHasTheCode_IsTakenFromThereAtOnce()
    {
        using var folder = new TemporaryFolder();
        var store = new FakeCompilationStore(code: new FakeCodeStore());
        await using var fixture = new SandboxFixture(
            isolation,
            o =>
            {
                o.CacheDirectory = folder.Path;
                o.Workers = 1;
            },
            compilations: store);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());
        await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None);
        if (isolation == SandboxIsolation.Process)
        {
            await EndWorkerAsync(fixture);
        }

        File.Delete(Assert.Single(Directory.GetFiles(folder.Path, "*.cwasm")));
        Assert.IsType<InvocationResult.Responded>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.Equal(1, fixture.Fetches);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Invoke_SealedCodeThatTheEngineDoesNotTake_RunsWaitAndItIsCompiledHere(bool isHeldOpen)
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var store = new FakeCompilationStore();
        var component = new GuestComponent().ToBytes();
        await using (var first = new SandboxFixture(isolation, compilations: store))
        {
            await first.Sandbox.InvokeAsync(first.Publish(component), CancellationToken.None);
        }

        await using var fixture = new SandboxFixture(isolation, o => o.CacheDirectory = folder.Path, time, compilations: store);
        var invocation = fixture.Publish(component);
        var sha256 = invocation.Extension.Version.ComponentSha256;
        var engine = new EngineSettings(new WasmSandboxOptions()).Key;
        using (var cache = new CompiledCache(folder.Path, engine, TimeSpan.FromDays(1), time, NullLogger.Instance))
        {
            var key = await store.GetKeyAsync(SealKey.Name, default, default, CancellationToken.None);
            Assert.True(cache.Save("of a processor that this node has not"u8.ToArray(), sha256, key, isForRuns: true));
        }

        await using var other = isHeldOpen ? File.OpenRead(Assert.Single(Directory.GetFiles(folder.Path, "*.cwasm"))) : null;
        for (var i = 0; i < 3; i++)
        {
            var waiting = Assert.IsType<InvocationResult.NotReady>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
            Assert.Contains("has no code on this node, which failed to make or load it, 1 times in a row", waiting.Message, StringComparison.Ordinal);
        }

        // It cost one worker, of two, and no more.
        Assert.InRange(isolation == SandboxIsolation.Process ? fixture.Workers.Alive.Max(w => w.Number) : 0, 0, 3);
        Assert.Equal(0, fixture.Fetches);
        time.Advance(FailuresHere.FirstPause);
        Assert.IsType<InvocationResult.Responded>((await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.Equal(1, fixture.Fetches);
    }

    [Fact]
    public async Task Invoke_CodeWhoseImportsCannotBeBound_FailsWithWhatItsAuthorMustKnowAndIsNotMadeAnew()
    {
        using var folder = new TemporaryFolder();
        var options = new WasmSandboxOptions();
        await using var fixture = new SandboxFixture(isolation, o => o.CacheDirectory = folder.Path);
        var tooMuch = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"(export \"f{i}\" (func))"));
        var component = new GuestComponent().Import("acme:odd/many", tooMuch, "last", "", "", "last").ToBytes();
        var invocation = fixture.Publish(component);
        using (var engine = new EngineSettings(options).CreateEngine())
        using (var compiled = Component.FromBytes(engine, component))
        using (var cache = new CompiledCache(folder.Path, new EngineSettings(options).Key, TimeSpan.FromDays(1), TimeProvider.System, NullLogger.Instance))
        {
            // As a host may have compiled it that bound more.
            var key = await fixture.Compilations.GetKeyAsync(SealKey.Name, default, default, CancellationToken.None);
            Assert.True(cache.Save(compiled.Serialize(), invocation.Extension.Version.ComponentSha256, key, isForRuns: true));
        }

        for (var i = 0; i < 2; i++)
        {
            var failed = SandboxFixture.Failed(await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None));
            Assert.Equal(RunReason.ComponentUnavailable, failed.Reason);
            Assert.Contains("imports cannot be bound on this host", failed.Message, StringComparison.Ordinal);
            Assert.Contains("it imports too much", failed.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, fixture.Fetches);
        Assert.Single(Directory.GetFiles(folder.Path, "*.cwasm"));
        await fixture.AnswersStillAsync();
    }

    private static async Task EndWorkerAsync(SandboxFixture fixture)
    {
        var worker = Assert.Single(fixture.Workers.Alive);
        worker.End(new WorkerEnd("The test has no use for it any more."));
        await worker.Gone;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("escapement-compilation-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    public sealed class InProcess() : CompilationTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : CompilationTests(SandboxIsolation.Process);
}
