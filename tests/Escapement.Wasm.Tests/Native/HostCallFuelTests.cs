using Escapement.Wasm.Native;

namespace Escapement.Wasm.Tests.Native;

public sealed class HostCallFuelTests
{
    // With another version of the engine the place may move, and must be found again; without it guests are bounded by gigabytes.
    [Fact]
    public void CanBeSet_ThisEngineOnLinux_Yes() => Assert.Equal(OperatingSystem.IsLinux(), HostCallFuel.CanBeSet);
}
