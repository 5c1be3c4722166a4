using System.Net;
using System.Text;
using Escapement.Compiling;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Extensions;

public sealed class WithdrawTests
{
    private const string Version = "/api/v1/extensions/com.acme.shop/versions/1.2.0";

    [Fact]
    public async Task Withdraw_NobodyHasIt_IsGoneAndItsNumberIsTaken()
    {
        var compilations = new FakeCompilations { State = Compilation.Done };
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton<ICompilations>(compilations));
        using var published = await PublishTests.PublishAsync(server, TestBundle.Of(PublishTests.Manifest));

        using var withdrawn = await server.Client.DeleteAsync(Version);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(["1.2.0"], compilations.Forgotten);

        using var gone = await server.Client.GetAsync(Version);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var again = await server.Client.DeleteAsync(Version);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        using var install = await server.Client.PostAsync(
            "/api/v1/tenants/t1/installs",
            new StringContent("""{"extensionId":"com.acme.shop","version":"1.2.0"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, install.StatusCode);
        using var other = await PublishTests.PublishAsync(
            server, TestBundle.Of(PublishTests.Manifest.Replace("red", "blue", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        using var same = await PublishTests.PublishAsync(server, TestBundle.Of(PublishTests.Manifest));
        Assert.Equal(HttpStatusCode.Created, same.StatusCode);
        Assert.Equal("red", (string?)(await server.GetAsync(Version))["manifest"]!["colour"]);
    }

    [Fact]
    public async Task Withdraw_SomebodyHasIt_Answers409()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        const string installed = $"/api/v1/extensions/{RunningServer.Extension}/versions/1.0.0";

        using var refused = await server.Client.DeleteAsync(installed);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = await RunningServer.ReadAsync(refused);
        Assert.Equal("urn:escapement:problem:version-installed", (string?)problem["type"]);
        Assert.Contains("installed 1 times", (string?)problem["detail"], StringComparison.Ordinal);

        using (await server.Client.DeleteAsync(install))
        {
        }

        using var withdrawn = await server.Client.DeleteAsync(installed);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
    }
}
