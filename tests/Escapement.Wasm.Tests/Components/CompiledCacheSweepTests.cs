using Escapement.Sandbox;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Wasm.Tests.Components;

public sealed class CompiledCacheSweepTests : IDisposable
{
    private static readonly string Component = new('a', 64);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

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

    private static async Task RunAsync(SandboxFixture fixture, int pages) =>
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(new GuestComponent { Pages = pages })).Result);

    private void Sweep() => CompiledCacheSweep.Run(directory, Keep, time.GetUtcNow(), NullLogger.Instance);

    private string[] Files() => Directory.GetFiles(directory);

    private string Write(string name, TimeSpan age)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, name);
        File.SetLastWriteTimeUtc(path, (time.GetUtcNow() - age).UtcDateTime);
        return path;
    }
}
