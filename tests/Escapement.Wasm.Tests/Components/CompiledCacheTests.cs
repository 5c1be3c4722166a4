using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Components;

public abstract class CompiledCacheTests(SandboxIsolation isolation) : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("escapement-cache-").FullName;
    private readonly byte[] component = new GuestComponent().ToBytes();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Invoke_WarmCache_ReadsNoComponent()
    {
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Invoke_DamagedFile_CompilesAnewAndReplacesIt()
    {
        await RunAsync();
        var good = await File.ReadAllBytesAsync(CodeFile());
        var bad = (byte[])good.Clone();
        bad[bad.Length / 2] ^= 0x40;
        await File.WriteAllBytesAsync(CodeFile(), bad);
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        Assert.NotEqual(bad, await File.ReadAllBytesAsync(CodeFile()));
    }

    [Fact]
    public async Task Invoke_TruncatedFile_CompilesAnewAndReplacesIt()
    {
        await RunAsync();
        var good = await File.ReadAllBytesAsync(CodeFile());
        await File.WriteAllBytesAsync(CodeFile(), good[..(good.Length / 2)]);
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Invoke_FileOfAnotherComponent_IsNotLoaded()
    {
        var other = new GuestComponent { Body = "unreachable" }.ToBytes();
        await RunAsync(other);
        var (code, seal) = (CodeFile(), SealFile());
        await RunAsync();
        var (ownCode, ownSeal) = (
            Directory.GetFiles(directory, "*.cwasm").Single(f => f != code),
            Directory.GetFiles(directory, "*.seal").Single(f => f != seal));
        File.Copy(code, ownCode, overwrite: true);
        File.Copy(seal, ownSeal, overwrite: true);
        Assert.Equal(1, await RunAsync());
    }

    [Fact]
    public async Task Invoke_FileOfAnotherInstallation_IsNotLoaded()
    {
        await RunAsync(key: new byte[32]);
        var (code, seal) = (CodeFile(), SealFile());
        Assert.Equal(1, await RunAsync());
        File.Copy(code, Directory.GetFiles(directory, "*.cwasm").Single(f => f != code), overwrite: true);
        File.Copy(seal, Directory.GetFiles(directory, "*.seal").Single(f => f != seal), overwrite: true);

        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        Assert.Equal(0, await RunAsync(key: new byte[32]));
    }

    [Fact]
    public async Task Invoke_Saved_FilesAreTheOwnersAlone()
    {
        await RunAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(CodeFile()));
            Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(SealFile()));
        }
    }

    [Fact]
    public async Task Invoke_SealIsGone_CompilesAnew()
    {
        await RunAsync();
        File.Delete(SealFile());
        Assert.Equal(1, await RunAsync());
    }

    [Fact]
    public async Task Invoke_DirectoryCannotBeMade_RunsWithoutCache()
    {
        // A file where the directory should be stops every user, also one that no permission stops.
        var blocked = Path.Combine(directory, "file");
        await File.WriteAllTextAsync(blocked, "");
        Assert.Equal(1, await RunAsync(cache: Path.Combine(blocked, "cache")));
    }

    [Fact]
    public async Task Invoke_Saved_DirectoryIsTheOwnersAlone()
    {
        if (!OperatingSystem.IsWindows())
        {
            var open = Path.Combine(directory, "open");
            Directory.CreateDirectory(open, (UnixFileMode)0b111_101_101);
            await RunAsync(cache: open);
            Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(open));
        }
    }

    [Fact]
    public async Task Invoke_ManyFirstCalls_FetchAndCompileOnce()
    {
        await using var fixture = new SandboxFixture(isolation, o => o.CacheDirectory = directory);
        var invocation = fixture.Publish(component);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None).AsTask()));
        Assert.All(all, i => Assert.IsType<InvocationResult.Responded>(i.Result));
        Assert.Equal(1, fixture.Fetches);
    }

    [Fact]
    public async Task Invoke_MoreComponentsThanStayLoaded_AllAnswer()
    {
        await using var fixture = new SandboxFixture(isolation, o =>
        {
            o.CacheDirectory = directory;
            o.MaxLoadedComponents = 1;
        });
        Invocation[] two = [fixture.Publish(component), fixture.Publish(new GuestComponent { Pages = 2 }.ToBytes())];
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => fixture.Sandbox.InvokeAsync(two[i % 2], CancellationToken.None).AsTask()));
        Assert.All(all, i => Assert.IsType<InvocationResult.Responded>(i.Result));
    }

    [Fact]
    public async Task Invoke_ComponentsLoadWhileEverySlotRuns_NoGuestLosesItsPlace()
    {
        // A load checks imports, for which it takes a place in the engine's pool. It must not be a guest's.
        await using var fixture = new SandboxFixture(isolation, o =>
        {
            o.Slots = 1;
            o.CacheDirectory = directory;
            o.MaxLoadedComponents = 1;
        });
        var invocations = Enumerable.Range(1, 8).Select(pages => fixture.Publish(new GuestComponent { Pages = pages }.ToBytes())).ToArray();
        var all = await Task.WhenAll(Enumerable.Range(0, 800)
            .Select(i => fixture.Sandbox.InvokeAsync(invocations[i % invocations.Length], CancellationToken.None).AsTask()));
        Assert.All(all, i => Assert.IsType<InvocationResult.Responded>(i.Result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invoke_NoUsableComponent_IsUnavailableAndNotTriedAgain(bool garbage)
    {
        await using var fixture = new SandboxFixture(isolation, o => o.CacheDirectory = directory);
        var invocation = fixture.Publish(garbage ? [1, 2, 3] : null);
        for (var i = 0; i < 3; i++)
        {
            var failed = Assert.IsType<InvocationResult.Failed>((await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
            Assert.Equal(RunReason.ComponentUnavailable, failed.Reason);
        }

        Assert.Equal(1, fixture.Fetches);
    }

    [Fact]
    public async Task Invoke_NoHandler_IsUnavailable()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = Assert.IsType<InvocationResult.Failed>((await fixture.InvokeAsync(new GuestComponent { ExportName = "other" })).Result);
        Assert.Equal(RunReason.ComponentUnavailable, failed.Reason);
    }

    private string CodeFile() => Directory.GetFiles(directory, "*.cwasm").Single();

    private string SealFile() => Directory.GetFiles(directory, "*.seal").Single();

    /// <summary>Runs a component in a sandbox of its own, and tells how often it was asked for.</summary>
    private async Task<int> RunAsync(byte[]? other = null, string? cache = null, byte[]? key = null)
    {
        await using var fixture = new SandboxFixture(
            isolation, o => o.CacheDirectory = cache ?? directory, compilations: new FakeCompilationStore(key));
        await fixture.Sandbox.InvokeAsync(fixture.Publish(other ?? component), CancellationToken.None);
        return fixture.Fetches;
    }

    public sealed class InProcess() : CompiledCacheTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : CompiledCacheTests(SandboxIsolation.Process);
}
