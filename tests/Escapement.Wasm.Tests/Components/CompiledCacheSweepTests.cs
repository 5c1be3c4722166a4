using Escapement.Sandbox;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Wasm.Tests.Components;

public sealed class CompiledCacheSweepTests : IDisposable
{
    private static readonly string Component = new('a', 64);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    private static readonly byte[] Key = new byte[32];

    private readonly string directory = Directory.CreateTempSubdirectory("escapement-sweep-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public void Run_LastUsedAroundTheLimit_GoesWithItsSealOnlyBeyondIt(int secondsBeyond, bool stays)
    {
        var age = Keep + TimeSpan.FromSeconds(secondsBeyond);
        Write($"{Component}-0123456789abcdef.cwasm", age + TimeSpan.FromDays(1));
        Write($"{Component}-0123456789abcdef.seal", age);
        Sweep();
        Assert.Equal(stays ? 2 : 0, Files().Length);
    }

    [Fact]
    public void Run_OldFileThatIsInUse_StaysAndCountsAsUsedWhenItsUseEnds()
    {
        var code = Write($"{Component}-0123456789abcdef.cwasm", TimeSpan.Zero);
        var seal = Write($"{Component}-0123456789abcdef.seal", TimeSpan.Zero);
        using (CompiledFileUse.Open(code, seal, time))
        {
            time.Advance(2 * Keep);
            Sweep();
            Assert.Equal(2, Files().Length);
        }

        time.Advance(Keep);
        Sweep();
        Assert.Equal(2, Files().Length);
        time.Advance(TimeSpan.FromSeconds(1));
        Sweep();
        Assert.Empty(Files());
    }

    [Fact]
    public void Run_HalvesThatAreOld_Go()
    {
        Write($"{Component}-0123456789abcdef.cwasm", 2 * Keep);
        Write($"{Component}-fedcba9876543210.seal", 2 * Keep);
        Sweep();
        Assert.Empty(Files());
    }

    [Fact]
    public void Run_FilesOfOtherNames_Stay()
    {
        Write("notes.txt", 100 * Keep);
        Write("short-0123456789abcdef.cwasm", 100 * Keep);
        Write($"{Component}-0123456789abcdef.cwasm.bak", 100 * Keep);
        Sweep();
        Assert.Equal(3, Files().Length);
    }

    [Theory]
    [InlineData(61, false)]
    [InlineData(59, true)]
    public void Run_UnfinishedWrite_GoesAfterAnHour(int minutes, bool stays)
    {
        Write($"{Component}-0123456789abcdef.cwasm.77-0123456789abcdef.tmp", TimeSpan.FromMinutes(minutes));
        Sweep();
        Assert.Equal(stays ? 1 : 0, Files().Length);
    }

    [Fact]
    public void Run_NoDirectory_IsNoFailure() => CompiledCacheSweep.Run(Path.Combine(directory, "none"), Keep, time.GetUtcNow(), NullLogger.Instance);

    [Fact]
    public async Task Invoke_AfterALoad_WhatNobodyUsesIsGoneAndWhatAnotherProcessUsesIsNot()
    {
        await using var other = new SandboxFixture(SandboxIsolation.InProcess, o => o.CacheDirectory = directory);
        await RunAsync(other, 1);
        var used = Files();
        Write($"{Component}-0123456789abcdef.cwasm", 2 * Keep);
        Write($"{Component}-0123456789abcdef.seal", 2 * Keep);
        foreach (var file in used)
        {
            File.SetLastWriteTimeUtc(file, (time.GetUtcNow() - (2 * Keep)).UtcDateTime);
        }

        // Closing waits for the sweep.
        await using (var fixture = new SandboxFixture(SandboxIsolation.InProcess, o => o.CacheDirectory = directory, time))
        {
            await RunAsync(fixture, 2);
        }

        var left = Files();
        Assert.Equal(4, left.Length);
        Assert.Superset(used.ToHashSet(), left.ToHashSet());
    }

    [Fact]
    public async Task SweepIfDue_SweptToday_WaitsForTomorrow()
    {
        using var cache = new CompiledCache(directory, "0123456789abcdef", Keep, time, NullLogger.Instance);
        await cache.SweepIfDue();
        Write($"{Component}-0123456789abcdef.cwasm", 2 * Keep);
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await cache.SweepIfDue();
        Assert.Single(Files());
        time.Advance(TimeSpan.FromSeconds(1));
        await cache.SweepIfDue();
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData(300, 3)]
    [InlineData(299, 2)]
    [InlineData(100, 1)]
    public void Save_OnTopOfWhatMayBeKept_WhatWasUsedLongestAgoMakesRoom(int maxBytes, int left)
    {
        using (var cache = new CompiledCache(directory, "0123456789abcdef", Keep, time, NullLogger.Instance, maxBytes))
        {
            foreach (var name in "abc")
            {
                Assert.True(cache.Save(new byte[100], new string(name, 64), Key, isForRuns: true));
                foreach (var file in Files().Where(f => Path.GetFileName(f)[0] == name))
                {
                    File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime.AddMinutes(name - 'z'));
                }
            }
        }

        Assert.Equal("abc"[^left..], Kept());
        Assert.Equal(2 * left, Files().Length);
    }

    // Those used are the oldest here, so that their age alone would have them go first.
    [Theory]
    [InlineData(500, "abcde")]
    [InlineData(400, "abde")]
    [InlineData(300, "abe")]
    [InlineData(200, "be")]
    [InlineData(100, "e")]
    public void Save_SomeWereNeverUsed_ThoseGoFirstAndTheOldestOfEachBeforeTheOthers(int maxBytes, string left)
    {
        using (var before = new CompiledCache(directory, "0123456789abcdef", Keep, time, NullLogger.Instance))
        {
            foreach (var name in "bacd")
            {
                before.Save(new byte[100], new string(name, 64), Key, isForRuns: false);
                File.SetLastWriteTimeUtc(SealOf(name), time.GetUtcNow().UtcDateTime.AddHours(name));
                Assert.True(before.Has(new string(name, 64), Key));
            }

            before.TryOpen(new string('a', 64), Key)!.Dispose();
            time.Advance(TimeSpan.FromMinutes(1));
            before.TryOpen(new string('b', 64), Key)!.Dispose();
        }

        using (var afterARestart = new CompiledCache(directory, "0123456789abcdef", Keep, time, NullLogger.Instance, maxBytes))
        {
            afterARestart.Save(new byte[100], new string('e', 64), Key, isForRuns: false);
        }

        Assert.Equal(left, Kept());
    }

    [Fact]
    public void Save_RunsWaitForOne_WhatNobodyWaitsForTakesNoPlaceOfIt()
    {
        using var cache = new CompiledCache(directory, "0123456789abcdef", Keep, time, NullLogger.Instance, 200);
        cache.Save(new byte[100], new string('a', 64), Key, isForRuns: true);
        foreach (var name in "bcd")
        {
            cache.Save(new byte[100], new string(name, 64), Key, isForRuns: false);
            Assert.Equal($"a{name}", Kept());
        }
    }

    [Fact]
    public void Save_WhatThereIsIsInUse_StaysAndSoDoesTheNewOne()
    {
        using var cache = new CompiledCache(directory, "0123456789abcdef", Keep, time, NullLogger.Instance, 100);
        cache.Save(new byte[100], new string('a', 64), Key, isForRuns: false);
        using (cache.TryOpen(new string('a', 64), Key))
        {
            cache.Save(new byte[100], new string('b', 64), Key, isForRuns: false);
            Assert.Equal(4, Files().Length);
        }
    }

    [Fact]
    public void IsSound_FileIsReplacedAndItsSealIsNotYet_IsLookedAtAgain()
    {
        Action again = () => { };
        using var cache = HalfReplaced(() => again(), out var seal, out var before, out var after);
        var looks = 0;
        again = () =>
        {
            looks++;
            File.WriteAllText(seal, after);
        };
        Assert.True(cache.IsSound(Component, Key));
        Assert.Equal(1, looks);

        File.WriteAllText(seal, before);
        again = () => looks++;
        Assert.False(cache.IsSound(Component, Key));
        Assert.Equal(3, looks);
    }

    [Fact]
    public void Open_FileIsReplacedAndItsSealIsNotYet_IsLookedAtAgainBeforeItIsRemoved()
    {
        Action again = () => { };
        using var cache = HalfReplaced(() => again(), out var seal, out var before, out var after);
        again = () => File.WriteAllText(seal, after);
        using (var file = cache.TryOpen(Component, Key))
        {
            Assert.Equal(200, file!.Length);
        }

        File.WriteAllText(seal, before);
        again = () => { };
        Assert.Null(cache.TryOpen(Component, Key));
        Assert.Empty(Files());
    }

    // A cache in which a file is in its place, and its seal is not yet.
    private CompiledCache HalfReplaced(Action lookAgain, out string seal, out string before, out string after)
    {
        var cache = new CompiledCache(directory, "0123456789abcdef", Keep, time, NullLogger.Instance, lookAgain: lookAgain);
        cache.Save(new byte[100], Component, Key, isForRuns: true);
        seal = Files().Single(f => f.EndsWith(CompiledCache.SealExtension, StringComparison.Ordinal));
        before = File.ReadAllText(seal);
        cache.Save(new byte[200], Component, Key, isForRuns: true);
        after = File.ReadAllText(seal);
        File.WriteAllText(seal, before);
        return cache;
    }

    private static async Task RunAsync(SandboxFixture fixture, int pages) =>
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(new GuestComponent { Pages = pages })).Result);

    private void Sweep() => CompiledCacheSweep.Run(directory, Keep, time.GetUtcNow(), NullLogger.Instance);

    private string[] Files() => Directory.GetFiles(directory);

    // The components whose code is there, by their letters.
    private string Kept() =>
        string.Concat(Files().Where(f => f.EndsWith(CompiledCache.CodeExtension, StringComparison.Ordinal)).Select(f => Path.GetFileName(f)[0]).Order());

    private string SealOf(char component) =>
        Files().Single(f => Path.GetFileName(f)[0] == component && f.EndsWith(CompiledCache.SealExtension, StringComparison.Ordinal));

    private string Write(string name, TimeSpan age)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, name);
        File.SetLastWriteTimeUtc(path, (time.GetUtcNow() - age).UtcDateTime);
        return path;
    }
}
