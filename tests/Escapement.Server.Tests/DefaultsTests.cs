using Escapement.AspNetCore;

namespace Escapement.Server;

public class DefaultsTests
{
    [Fact]
    public void Options_AsTheyCome_LetNoInstallTakeAllSlots()
    {
        var options = new EscapementOptions();

        Assert.True(options.Firing.MaxRunningPerInstall < (options.Firing.Slots ?? options.Sandbox.Slots));
    }
}
