using Escapement.HostApi.Scheduler;

namespace Escapement.HostApi;

public sealed class HostApiFactoryTests
{
    [Fact]
    public async Task Get_CapabilityThatIsRegistered_IsBoundToTheInstall()
    {
        await using var host = await TestHost.CreateAsync();
        var endpoints = await host.HostApis.For(await host.InstallAsync(endpoints: "POST /api/own")).Get<ISchedulerHost>().GetEndpointsAsync();
        Assert.Equal("/api/own", Assert.Single(endpoints.Value!).Path);
    }

    [Fact]
    public async Task Get_CapabilityThatIsNot_Throws()
    {
        await using var host = await TestHost.CreateAsync();
        var api = host.HostApis.For(await host.InstallAsync());
        Assert.Throws<InvalidOperationException>(api.Get<IDisposable>);
    }
}
