using Escapement.Wasm.Boundary;

namespace Escapement.Wasm.Tests.Boundary;

public sealed class LiftingTests
{
    [Fact]
    public void Bytes_OfEveryValue_AreWhatWasLowered()
    {
        var bytes = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        Assert.Equal(bytes, Lifting.Bytes(Lowering.Bytes(bytes)));
    }
}
