using System.Net;
using System.Net.Http.Json;

namespace Escapement.Server.Tests.Api.Installs;

public sealed class InstallTests
{
    [Theory]
    [InlineData("com.acme.Sync", null, "extensionId", "Did you mean com.acme.sync?")]
    [InlineData("com.acme.synk", "1.0.0", "extensionId", "Did you mean com.acme.sync?")]
    [InlineData("org.other", null, "extensionId", "publish its bundle first.")]
    [InlineData("com.acme.sync", "9.0.0", "version", "publish its bundle first")]
    public async Task Install_NotPublished_SaysWhatWasMeant(string extensionId, string? version, string field, string ends)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var answer = await server.Client.PostAsJsonAsync("/api/v1/tenants/t1/installs", new { extensionId, version });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.EndsWith(ends, (string?)(await RunningServer.ReadAsync(answer))["errors"]![field], StringComparison.Ordinal);
    }

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
