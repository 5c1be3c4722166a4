using System.Net;
using System.Net.Http.Json;

namespace Escapement.Server.Tests.Api.Installs;

public sealed class InstallTests
{
    [Fact]
    public async Task Install_Twice_Answers409AndUninstalledIsGone()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var again = await server.Client.PostAsJsonAsync("/api/v1/tenants/t1/installs", new { extensionId = RunningServer.Extension });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(["cap:log.emit"], (await server.GetAsync(install))["capabilities"]!.AsArray().Select(c => (string?)c));
        using var removed = await server.Client.DeleteAsync(install);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await server.Client.GetAsync(install);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }
}
