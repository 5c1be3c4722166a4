using Escapement.Sandbox;
using Escapement.Wasm.Components;
using Escapement.Wasm.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Wasm.Tests.Workers;

/// <summary>What a stranger's component may cost, with limits that are reached soon.</summary>
public sealed class ProcessCompilerTests : IDisposable
{
    private readonly WasmSandboxOptions options = new();
    private readonly string folder = Directory.CreateTempSubdirectory("escapement-compiler-").FullName;
    private readonly WorkerSpawner spawner;

    public ProcessCompilerTests() => spawner = new WorkerSpawner(WorkerProgram.Find(options), folder, NullLogger.Instance);

    public void Dispose()
    {
        spawner.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Compile_GoodComponent_IsNativeCode() =>
        Assert.False(Assert.IsType<CompileResult.Compiled>(await CompileAsync(new GuestComponent(), new CompileLimits())).Code.IsEmpty);

    [Fact]
    public async Task Compile_NoComponent_IsRefused() => Assert.IsType<CompileResult.Refused>(
        await Compiler(new CompileLimits()).CompileAsync(new byte[] { 1, 2, 3 }, NoMatter, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Compile_TakesMoreProcessorTimeThanItMay_IsTimedOut()
    {
        var limit = TimeSpan.FromSeconds(2);
        Assert.Equal(new CompileResult.TimedOut(limit), await CompileAsync(GuestComponent.CompileBomb(), new CompileLimits { ProcessorTime = limit }));
    }

    [Fact]
    public async Task Compile_StartTraps_IsRefusedForItsAuthor()
    {
        var refused = Assert.IsType<CompileResult.Refused>(await CompileAsync(Starting("unreachable"), new CompileLimits()));
        Assert.StartsWith("Its start, which comes before its handler in every run, ends in a trap: ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("unreachable", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nop")]
    [InlineData("(loop $forever (br $forever))")]
    [InlineData("(call $log (i32.const 64) (i32.const 5))")]
    public async Task Compile_StartOfWhichNothingCanBeSaid_IsNativeCode(string start) =>
        Assert.IsType<CompileResult.Compiled>(await CompileAsync(Starting(start).ImportLogging(), new CompileLimits()));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    public async Task Compile_TakesMoreThanIsUsual_IsToldOnce(int usual, int times)
    {
        var told = 0;
        var limits = new CompileLimits { UsualProcessorTime = TimeSpan.FromSeconds(usual), ProcessorTime = TimeSpan.FromSeconds(2) };
        Assert.IsType<CompileResult.TimedOut>(await CompileAsync(GuestComponent.CompileBomb(), limits, () => told++));
        Assert.Equal(times, told);
    }

    [Fact]
    public async Task Compile_ComesToNoEnd_IsNoVerdictOnTheComponent() => Assert.IsType<CompileResult.CompilerLost>(
        await CompileAsync(GuestComponent.CompileBomb(), new CompileLimits { Time = TimeSpan.FromSeconds(1) }));

    [Fact]
    public async Task Compile_ItsProcessIsKilled_SaysBySignalNine()
    {
        var limits = new CompileLimits { UsualProcessorTime = TimeSpan.FromSeconds(1) };
        var result = await CompileAsync(GuestComponent.CompileBomb(), limits, () => ProcessesOf.Folder(folder).Single().Kill());
        Assert.Contains("signal 9", Assert.IsType<CompileResult.CompilerLost>(result).How, StringComparison.Ordinal);
    }

    [Fact]
    public void ResultOf_OutgrewItsGroup_IsWantOfMemoryHoweverMuchWasSeen() =>
        Assert.Equal(new CompileResult.OutOfMemory(1L << 30), ProcessCompiler.ResultOf(ProcessEnd.OfMemory(2L << 30), most: 0, limit: 1L << 30));

    [Theory]
    [InlineData(513, 137, false)]
    [InlineData(513, 134, true)]
    [InlineData(513, 1, true)]
    [InlineData(512, 134, false)]
    public void ResultOf_EndInTheMiddleOfItsWork_IsWantOfMemoryOnlyNearTheLimitAndByItself(int mostMegabytes, int code, bool isOutOfMemory)
    {
        const long limit = 1L << 30;
        var result = ProcessCompiler.ResultOf(ProcessEnd.Of(code), (long)mostMegabytes << 20, limit);
        Assert.Equal(isOutOfMemory ? new CompileResult.OutOfMemory(limit) : new CompileResult.CompilerLost(ProcessEnd.Of(code).Words), result);
    }

    [Fact]
    public async Task Compile_TakesMoreMemoryThanItMay_IsOutOfMemory()
    {
        const long limit = 160 << 20;
        Assert.Equal(new CompileResult.OutOfMemory(limit), await CompileAsync(GuestComponent.CompileBomb(), new CompileLimits { Memory = limit }));
    }

    [Fact]
    public async Task Compile_LargerThanItMayBe_IsTooLarge()
    {
        var component = new GuestComponent().ToBytes();
        var compiler = Compiler(new CompileLimits { ComponentBytes = component.Length });
        var cancellation = TestContext.Current.CancellationToken;
        Assert.IsType<CompileResult.Compiled>(await compiler.CompileAsync(component, NoMatter, cancellation));
        Assert.IsType<CompileResult.InputTooLarge>(await compiler.CompileAsync(new byte[component.Length + 1], NoMatter, cancellation));
    }

    [Fact]
    public async Task Compile_NobodyWantsItAnyMore_Ends()
    {
        using var cancelling = new CancellationTokenSource();
        var compiling = Compiler(new CompileLimits()).CompileAsync(GuestComponent.CompileBomb().ToBytes(), NoMatter, cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compiling);
    }

    [Fact]
    public async Task Compile_ProgramCannotBeStarted_TellsNothingOfTheComponent()
    {
        using var broken = new WorkerSpawner(new WorkerProgram("/nowhere/dotnet", "/nowhere/worker.dll"), folder, NullLogger.Instance);
        await Assert.ThrowsAsync<CompilerUnavailableException>(() => new ProcessCompiler(broken, options, new CompileLimits())
            .CompileAsync(new GuestComponent().ToBytes(), NoMatter, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Compile_ProgramEndsAtOnce_TellsNothingOfTheComponent()
    {
        var program = WorkerProgram.Find(options) with { Assembly = typeof(ProcessCompilerTests).Assembly.Location + ".none" };
        using var broken = new WorkerSpawner(program, folder, NullLogger.Instance);
        await Assert.ThrowsAsync<CompilerUnavailableException>(() => new ProcessCompiler(broken, options, new CompileLimits())
            .CompileAsync(new GuestComponent().ToBytes(), NoMatter, TestContext.Current.CancellationToken));
    }

    private static GuestComponent Starting(string instructions) => new() { Module = $"(func $start {instructions}) (start $start)" };

    private static void NoMatter()
    {
    }

    private ProcessCompiler Compiler(CompileLimits limits) => new(spawner, options, limits);

    private Task<CompileResult> CompileAsync(GuestComponent guest, CompileLimits limits, Action? takesLong = null) =>
        Compiler(limits).CompileAsync(guest.ToBytes(), takesLong ?? NoMatter, TestContext.Current.CancellationToken);
}
