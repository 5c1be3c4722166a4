using Escapement.Wasm.Running;

namespace Escapement.Wasm.Tests.Running;

public sealed class CallLimitTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(30, 10)]
    public void CallLimit_WideElements_MayBeFewer(int widest, int fewer) => Assert.Equal(
        CallLimit.Of(new WasmSandboxOptions(), 1) / fewer, CallLimit.Of(new WasmSandboxOptions(), widest));
}
