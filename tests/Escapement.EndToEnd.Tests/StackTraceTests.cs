using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>What a run's log says of an error that left the handler: the author's own files and lines.</summary>
public sealed class StackTraceTests(CommonInstallation installation) : IAsyncLifetime
{
    private ServerFolder folder = null!;
    private RealServer server = null!;

    public async ValueTask InitializeAsync()
    {
        folder = await installation.CopyAsync();
        server = await RealServer.StartAsync(folder);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(Engine.StarlingMonkey)]
    [InlineData(Engine.QuickJs)]
    public async Task Run_HandlerRejects_LogNamesTheAuthorsFilesAndLines(string engine)
    {
        var install = await server.InstallAsync(Repository.Bundle("tests/extensions/engines", engine), "acme", "cap:log.emit");
        // Compiles it, which may take longer than the end of a run is waited for.
        await server.CallAsync("acme", "com.escapement.engines", HttpMethod.Post, "/try/evaluated");
        var schedule = await server.PostAsync($"{install}/schedules", new { endpoint = "POST /scheduled/rejects", cron = "0 9 * * *" });

        var run = await server.RunNowAsync(install, (string)schedule["id"]!);

        var line = Assert.Single(run["evidence"]!["log"]!.AsArray());
        var message = (string)line!["message"]!;
        Assert.StartsWith("RangeError: broken later", message, StringComparison.Ordinal);
        Assert.Contains("src/deep/fail.ts:7:", message, StringComparison.Ordinal);
        Assert.Contains("src/deep/fail.ts:12:", message, StringComparison.Ordinal);
    }
}
