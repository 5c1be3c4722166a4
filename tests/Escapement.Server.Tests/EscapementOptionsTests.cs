using Escapement.AspNetCore;

namespace Escapement.Server.Tests;

public sealed class EscapementOptionsTests
{
    [Fact]
    public void Options_AsTheyCome_LetNoInstallTakeAllSlots()
    {
        var options = new EscapementOptions();

        Assert.True(options.Firing.MaxRunningPerInstall < (options.Firing.Slots ?? options.Sandbox.Slots));
    }
}
