using System.Net;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;
using Escapement.Wasm.Tests;

namespace Escapement.EndToEnd.Tests;

/// <summary>A version on its way from being published to being run, on a server as people start it.</summary>
public sealed class CompilationTests : OnAServer
{
    private const string Tenant = "acme";

    private static readonly string Version = $"/api/v1/extensions/{BundleFile.Extension}/versions/1.0.0";

    [Fact]
    public async Task Publish_ComponentThatCanNeverRun_IsRefusedWithAMessageForItsAuthor()
    {
        using var published = await Server.PublishAsync(BundleFile.Of(new GuestComponent { Pages = 2_000 }));
        await RealServer.ReadAsync(published, HttpStatusCode.Created);
        var compilation = await Server.CompiledAsync(BundleFile.Extension);
        Assert.Equal("refused", (string?)compilation["state"]);
        Assert.Contains("memory", (string?)compilation["error"], StringComparison.Ordinal);

        var problem = await Server.PostAsync($"/api/v1/tenants/{Tenant}/installs", new { extensionId = BundleFile.Extension }, HttpStatusCode.Conflict);
        Assert.Equal("urn:escapement:problem:component-refused", (string?)problem["type"]);
    }

    [Fact]
    public async Task Publish_TakesMinutesToCompile_HoldsUpNobodyAndEndsWhenWithdrawn()
    {
        const string bomb = "com.example.bomb";
        using (var published = await Server.PublishAsync(BundleFile.Of(GuestComponent.CompileBomb(), bomb)))
        {
            await RealServer.ReadAsync(published, HttpStatusCode.Created);
        }

        var compilers = await Poll.UntilAsync("it is being compiled", () => Task.FromResult(
            Server.Process.Workers("compile") is { Count: > 0 } found ? found : null));
        var problem = await Server.PostAsync($"/api/v1/tenants/{Tenant}/installs", new { extensionId = bomb }, HttpStatusCode.Conflict);
        Assert.Equal("urn:escapement:problem:compiling", (string?)problem["type"]);

        var install = await Server.InstallAsync(BundleFile.Working(1), Tenant);
        var schedule = await Server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *" });
        Assert.Equal("succeeded", (string?)(await Server.RunNowAsync(install, (string)schedule["id"]!))["state"]);
        Assert.Contains(compilers, id => ServerProcess.IsWorker(id, "compile"));

        using var withdrawn = await Server.Client.DeleteAsync($"/api/v1/extensions/{bomb}/versions/1.0.0");
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        await Poll.UntilAsync("its compiler is gone", () => Task.FromResult(!compilers.Any(id => ServerProcess.IsWorker(id, "compile"))));
    }

    [Fact]
    public async Task Publish_TwoSmallBombs_AnothersIsCompiledWhileThesePassTheirTimeOneAfterTheOther()
    {
        // Of a size that meets the limit on time, and comes nowhere near that on memory.
        foreach (var (name, variables) in new[] { ("com.example.bomb-a", 600), ("com.example.bomb-b", 601) })
        {
            using var published = await Server.PublishAsync(BundleFile.Of(GuestComponent.CompileBomb(loops: 600, variables), name));
            await RealServer.ReadAsync(published, HttpStatusCode.Created);
        }

        await Poll.UntilAsync("both are being compiled", () => Task.FromResult(Server.Process.Workers("compile").Count == 2));
        using (var published = await Server.PublishAsync(BundleFile.Working(1)))
        {
            await RealServer.ReadAsync(published, HttpStatusCode.Created);
        }

        var another = await Server.CompiledAsync(BundleFile.Extension);
        Assert.Equal("compiled", (string?)another["state"]);
        foreach (var name in (string[])["com.example.bomb-a", "com.example.bomb-b"])
        {
            var bomb = (await Server.GetAsync($"/api/v1/extensions/{name}/versions/1.0.0"))["compilation"]!;
            Assert.True((string?)bomb["state"] is "pending" or "compiling", $"A bomb is {bomb}");
        }
    }

    [Fact]
    public async Task Run_AStrangersComponent_MeetsTheEngineInOtherProcessesAlone()
    {
        var install = await Server.InstallAsync(BundleFile.Working(1), Tenant);
        var schedule = await Server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *" });
        Assert.Equal("succeeded", (string?)(await Server.RunNowAsync(install, (string)schedule["id"]!))["state"]);

        Assert.Contains("libwasmtime", await MapsAsync(Server.Process.Workers()[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("libwasmtime", await MapsAsync(Server.Process.Id), StringComparison.Ordinal);

        static Task<string> MapsAsync(int process) => File.ReadAllTextAsync($"/proc/{process}/maps");
    }

    [Fact]
    public async Task Start_EngineHasOtherSettings_CompilesAgainAndRunsGoOn()
    {
        var install = await Server.InstallAsync(BundleFile.Working(1), Tenant);
        var schedule = await Server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *" });
        Assert.Equal(0, await Server.StopAsync());
        await Server.DisposeAsync();

        Server = await RealServer.StartAsync(Folder, ("ESCAPEMENT__Sandbox__MemoryLimit", "33554432"));
        var run = await Server.RunNowAsync(install, (string)schedule["id"]!);
        Assert.Equal(("succeeded", 1), ((string?)run["state"], (int)run["attempt"]!));
        Assert.Equal("compiled", (string?)(await Server.GetAsync(Version))["compilation"]!["state"]);
    }

    [Fact]
    public async Task Start_CompiledFilesAreGone_CompilesAgainAndRunsGoOn()
    {
        var install = await Server.InstallAsync(BundleFile.Working(1), Tenant);
        var schedule = await Server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *" });
        Assert.Equal(0, await Server.StopAsync());
        await Server.DisposeAsync();
        Directory.Delete(Path.Combine(Folder.Data, "components"), recursive: true);

        Server = await RealServer.StartAsync(Folder);
        Assert.Equal(("compiled", false), await CompilationAsync());
        Assert.Equal("succeeded", (string?)(await Server.RunNowAsync(install, (string)schedule["id"]!))["state"]);
        Assert.Equal(("compiled", true), await CompilationAsync());

        async Task<(string?, bool?)> CompilationAsync()
        {
            var compilation = (await Server.GetAsync(Version))["compilation"]!;
            return ((string?)compilation["state"], (bool?)compilation["onThisNode"]);
        }
    }

    [Fact]
    public async Task Withdraw_NobodyHasIt_TakesItsFiles()
    {
        using (var published = await Server.PublishAsync(BundleFile.Working(1)))
        {
            await RealServer.ReadAsync(published, HttpStatusCode.Created);
        }

        await Server.CompiledAsync(BundleFile.Extension);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Folder.Data, "components")));

        using var withdrawn = await Server.Client.DeleteAsync(Version);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder.Data, "components")));
    }
}
