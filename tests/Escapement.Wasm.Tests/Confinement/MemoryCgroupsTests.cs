using System.Diagnostics;
using System.Globalization;
using Escapement.Sandbox;
using Escapement.Wasm.Components;
using Escapement.Wasm.Confinement;
using Escapement.Wasm.Tests.Workers;
using Escapement.Wasm.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Wasm.Tests.Confinement;

/// <summary>
/// The kernel's bound on all that a process takes. Each test says what is so where the system lets this host make groups, and where it does not.
/// </summary>
public sealed class MemoryCgroupsTests
{
    private const long Small = 64 << 20;

    private readonly MemoryCgroups? groups = MemoryCgroups.Open();

    [Fact]
    public async Task Put_ProcessTakesMoreThanItsGroupMay_IsKilledAndToldSo()
    {
        // It takes what it reads, and this never ends a line.
        using var process = Start("read go && exec tail /dev/zero");
        using var group = groups?.Put(process.Id, Small);
        Assert.Equal(groups is null, group is null);
        if (group is null)
        {
            process.Kill();
            return;
        }

        Assert.False(group.WasOutgrown);
        await GoAsync(process);

        Assert.Equal((137, true), (process.ExitCode, group.WasOutgrown));
    }

    [Fact]
    public async Task Put_SomebodyKillsTheProcess_ItDidNotOutgrowItsGroup()
    {
        using var process = Start("read go && kill -9 $$");
        using var group = groups?.Put(process.Id, Small);
        await GoAsync(process);

        Assert.Equal((137, false), (process.ExitCode, group is { WasOutgrown: true }));
    }

    [Fact]
    public async Task WasOutgrown_LimitOfTheGroupAboveIsReached_IsNotSaidOfTheOneBelow()
    {
        using var first = Start("read go");
        using var above = groups?.Put(first.Id, Small);
        await GoAsync(first);
        if (above is null)
        {
            return;
        }

        // Version 1 needs no such word, and has no such file.
        CgroupFile.TryWrite(above.Folder, "cgroup.subtree_control", "+memory");
        var isSecond = File.Exists(Path.Combine(above.Folder, "memory.max"));
        using var below = MemoryCgroup.TryMake(Path.Combine(above.Folder, "below"), Small * 4, isSecond)!;
        using var process = Start("read go && exec tail /dev/zero");
        Assert.True(CgroupFile.TryWrite(below.Folder, "cgroup.procs", process.Id));
        await GoAsync(process);

        Assert.Equal((137, false), (process.ExitCode, below.WasOutgrown));
    }

    [Fact]
    public async Task Put_ProcessIsGone_IsNoGroup()
    {
        using var process = Start("read go");
        await GoAsync(process);

        Assert.Null(groups?.Put(process.Id, Small));
    }

    [Fact]
    public void Open_GroupsOfHostsThatAreGone_AreRemovedAndThisHostsStay()
    {
        using var process = Start("read go");
        using var ours = groups?.Put(process.Id, Small);
        if (ours is null)
        {
            process.Kill();
            return;
        }

        // Of an id that was given anew, which a container's first process has each time, and of one that nobody has.
        var folder = Path.GetDirectoryName(ours.Folder)!;
        string[] left = [Path.Combine(folder, $"escapement-{Environment.ProcessId}-1-7"), Path.Combine(folder, "escapement-2000000000-1-1")];
        var others = Path.Combine(folder, "escapement-mine");
        Assert.All(left.Append(others), path => Directory.CreateDirectory(path));

        MemoryCgroups.Open();

        Assert.Equal([false, false, true, true], left.Append(others).Append(ours.Folder).Select(Directory.Exists));
        Directory.Delete(others);
        process.Kill();
        process.WaitForExit();
        ours.Dispose();
        Assert.False(Directory.Exists(ours.Folder));
    }

    [Fact]
    public async Task Worker_IsInAGroupWithItsLimit_WhichGoesWithIt()
    {
        string? folder;
        await using (var fixture = new SandboxFixture(SandboxIsolation.Process, o => o.Workers = 1))
        {
            await fixture.AnswersStillAsync();

            folder = FolderOf(Assert.Single(fixture.Workers.Alive).ProcessId);
            Assert.Equal(groups is not null, fixture.Workers.Confinements.Contains("memory-cgroup"));
            Assert.Equal(groups is null ? null : (long?)fixture.Workers.Limits.Group, LimitOf(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Worker_TakesMemoryThatNothingElseSees_EndsAsOneThatHeldTooMuch()
    {
        await using var fixture = IntruderTests.Occupied(change: o => o.WorkerMemoryLimit = 128 << 20);
        var taken = (await IntruderTests.CallAsync(fixture, "/takes/shared")).Result;

        if (groups is null)
        {
            Assert.IsType<InvocationResult.Responded>(taken);
            return;
        }

        var lost = Assert.IsType<InvocationResult.WorkerLost>(taken);
        Assert.True(lost.Alone);
        Assert.Contains($"It took {fixture.Workers.Limits.Group >> 20} MiB of memory", lost.Message, StringComparison.Ordinal);
        await IntruderTests.AnswersStillAsync(fixture);
    }

    [Fact]
    public async Task Compiler_IsInAGroupWithItsLimit_WhichGoesWithIt()
    {
        string? folder = null;
        long? limit = null;
        var limits = new CompileLimits { UsualProcessorTime = TimeSpan.FromSeconds(1), ProcessorTime = TimeSpan.FromSeconds(3) };

        await CompileAsync(limits, process =>
        {
            folder = FolderOf(process);
            limit = LimitOf(folder);
        });

        Assert.Equal(groups is null ? null : (long?)limits.Group, limit);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Compiler_OutgrowsItsGroup_IsOutOfMemory()
    {
        var limits = new CompileLimits { ProcessorTime = TimeSpan.FromSeconds(10), Group = 160 << 20 };

        var result = await CompileAsync(limits, static _ => { });

        Assert.Equal(groups is null ? new CompileResult.TimedOut(limits.ProcessorTime) : new CompileResult.OutOfMemory(limits.Memory), result);
    }

    private static async Task<CompileResult> CompileAsync(CompileLimits limits, Action<int> takesLong)
    {
        var options = new WasmSandboxOptions();
        var folder = Directory.CreateTempSubdirectory("escapement-compiler-").FullName;
        try
        {
            using var spawner = new WorkerSpawner(WorkerProgram.Find(options), folder, NullLogger.Instance);
            return await new ProcessCompiler(spawner, options, limits).CompileAsync(
                GuestComponent.CompileBomb().ToBytes(), () => takesLong(ProcessesOf.Folder(folder).Single().Id), TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The folder of a process's group; null when it is in the host's, or in none that can be seen.</summary>
    private static string? FolderOf(int process)
    {
        var mounts = File.ReadAllText("/proc/self/mountinfo");
        var own = CgroupPlace.Find(File.ReadAllText("/proc/self/cgroup"), mounts);
        var of = CgroupPlace.Find(File.ReadAllText($"/proc/{process}/cgroup"), mounts);
        return of == own ? null : of!.Folder;
    }

    private static long? LimitOf(string? folder) => folder is null
        ? null
        : long.Parse(CgroupFile.Read(folder, "memory.max") ?? CgroupFile.Read(folder, "memory.limit_in_bytes")!, CultureInfo.InvariantCulture);

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true })!;

    private static async Task GoAsync(Process process)
    {
        await process.StandardInput.WriteLineAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
