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

    [Theory]
    [InlineData(1 << 10, true)]
    [InlineData((1 << 10) - 1, false)]
    [InlineData(1 << 20, true)]
    [InlineData((1 << 20) + 1, false)]
    public void Validate_MaxResponseBytes_HoldsAtItsLimits(int bytes, bool good) =>
        Assert.Equal(good, new WasmSandboxOptions { MaxResponseBytes = bytes }.Validate().Count == 0);
}
