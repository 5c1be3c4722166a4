using System.Security.Cryptography;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Wasm.Tests.Components;

/// <summary>Code that comes from the store, as a node that starts cold has it.</summary>
public sealed class CompiledLibraryTests : IDisposable
{
    private const string Engine = "0123456789abcdef";

    private static readonly string Component = new('c', 64);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("escapement-library-");
    private readonly FakeCodeStore code = new();
    private readonly FakeCompilationStore store = new();

    public void Dispose() => folder.Delete(recursive: true);

    // Half of it noise, so that what comes is large as well.
    [Fact]
    public async Task Open_LargeCodeOfTheStore_IsNeverHeldWhole()
    {
        var made = new byte[64 << 20];
        RandomNumberGenerator.Fill(made.AsSpan(0, made.Length / 2));
        using (var maker = Library("maker"))
        {
            await maker.SaveAsync(Component, made, isForRuns: true, CancellationToken.None);
        }

        using var library = Library("cold");
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var file = await library.TryOpenAsync(Component, fromStore: true, CancellationToken.None);
        var held = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1, code.Loads);
        Assert.Equal(CodeDigest.Of(made), file!.Digest);
        Assert.InRange(held, 1, 4 << 20);
        Assert.DoesNotContain(folder.EnumerateFiles("*.tmp", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public async Task Open_OneComponentByManyAtOnce_TheStoreIsAskedOnce()
    {
        using (var maker = Library("maker"))
        {
            await maker.SaveAsync(Component, new byte[1 << 20], isForRuns: true, CancellationToken.None);
        }

        using var library = Library("cold");
        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => library.TryOpenAsync(Component, fromStore: true, CancellationToken.None).AsTask())));

        Assert.Equal(1, code.Loads);
        Assert.All(files, f => f!.Dispose());
    }

    [Fact]
    public async Task Open_DiskTakesNoMoreWhileTheCodeComes_ItComesThroughMemory()
    {
        var made = new byte[1 << 20];
        using (var maker = Library("maker"))
        {
            await maker.SaveAsync(Component, made, isForRuns: true, CancellationToken.None);
        }

        code.DiskIsFull = true;
        using var library = Library("cold");
        using var file = await library.TryOpenAsync(Component, fromStore: true, CancellationToken.None);

        Assert.Equal(CodeDigest.Of(made), file!.Digest);
        Assert.Empty(folder.EnumerateFiles("*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Fetch_NoFileCanBeMade_IsHeldUntilItIsLoaded()
    {
        using (var maker = Library("maker"))
        {
            await maker.SaveAsync(Component, new byte[1 << 20], isForRuns: true, CancellationToken.None);
        }

        // A file where the folder should be stops every user.
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cold"), "", TestContext.Current.CancellationToken);
        using var library = Library("cold");
        Assert.False(await library.HasAsync(Component, CancellationToken.None));
        Assert.True(await library.FetchAsync(Component, CancellationToken.None));
        Assert.True(await library.HasAsync(Component, CancellationToken.None));
    }

    private CompiledLibrary Library(string name)
    {
        var cache = new CompiledCache(
            Path.Combine(folder.FullName, name), Engine, TimeSpan.FromDays(1), TimeProvider.System, NullLogger.Instance);
        return new CompiledLibrary(Engine, cache, code, new SealKey(store, TimeProvider.System), TimeSpan.FromDays(1), TimeProvider.System);
    }
}
