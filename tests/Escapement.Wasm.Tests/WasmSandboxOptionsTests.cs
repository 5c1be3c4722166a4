namespace Escapement.Wasm.Tests;

public sealed class WasmSandboxOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreGood() => Assert.Empty(new WasmSandboxOptions().Validate());

    [Fact]
    public void Validate_ManyWrong_NamesEach() => Assert.Equal(
        ["Slots", "MemoryLimit", "MaxHostCalls", "CacheDirectory", "CacheRetention"],
        new WasmSandboxOptions { Slots = 0, MemoryLimit = 1 << 16, MaxHostCalls = -1, CacheDirectory = " ", CacheRetention = TimeSpan.FromMinutes(59) }
            .Validate().Select(p => p.Path));

    [Fact]
    public void Validate_ManyOfWorkersWrong_NamesEach() => Assert.Equal(
        ["Isolation", "Workers", "WorkerPath", "WorkerMemoryLimit", "WorkerMaxCalls", "WorkerIdleTime"],
        new WasmSandboxOptions
        {
            Isolation = (SandboxIsolation)2,
            Workers = 65,
            WorkerPath = " ",
            WorkerMemoryLimit = (128 << 20) - 1,
            WorkerMaxCalls = 0,
            WorkerIdleTime = TimeSpan.FromMilliseconds(999),
        }.Validate().Select(p => p.Path));

    [Fact]
    public void Validate_WorkersAtTheirLeast_AreGood() => Assert.Empty(
        new WasmSandboxOptions { Workers = 1, WorkerMemoryLimit = 128 << 20, WorkerMaxCalls = 1, WorkerIdleTime = TimeSpan.FromSeconds(1) }.Validate());

    [Theory]
    [InlineData(1 << 10, true)]
    [InlineData((1 << 10) - 1, false)]
    [InlineData(1 << 20, true)]
    [InlineData((1 << 20) + 1, false)]
    public void Validate_MaxResponseBytes_HoldsAtItsLimits(int bytes, bool good) =>
        Assert.Equal(good, new WasmSandboxOptions { MaxResponseBytes = bytes }.Validate().Count == 0);
}
