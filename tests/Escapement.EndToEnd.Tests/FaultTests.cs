using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>Folders and disks that are not as they should be.</summary>
public sealed class FaultTests : IDisposable
{
    private const int CannotStart = 3;

    private readonly ServerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Start_FolderOfARunningServer_IsRefusedAndTheOtherServesOn()
    {
        await using var first = await RealServer.StartAsync(folder);
        Assert.Contains($"{folder.Data} is in use", await RefusedAsync(folder.Data), StringComparison.Ordinal);
        Assert.True(await first.IsReadyAsync());
        await first.InstallAsync(BundleFile.Working(1), "acme");
    }

    [Fact]
    public async Task Start_DamagedPages_IsRefusedWithTheRemedy()
    {
        await using (var server = await RealServer.StartAsync(folder))
        {
            await server.InstallAsync(BundleFile.Working(1), "acme");
            Assert.Equal(0, await server.StopAsync());
        }

        // The first page, with the header and the names of the tables, stays whole: the damage shows only in what is read.
        await using (var file = File.OpenWrite(folder.Database))
        {
            var damage = new byte[file.Length - 4096];
            Array.Fill(damage, (byte)0xA5);
            file.Position = 4096;
            file.Write(damage);
        }

        var error = await RefusedAsync(folder.Data);
        Assert.Contains(folder.Database, error, StringComparison.Ordinal);
        Assert.Contains("backup", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderBelowAFile_IsRefused()
    {
        var file = Path.Combine(folder.Root, "file");
        await File.WriteAllTextAsync(file, "");
        Assert.Contains("cannot be made", await RefusedAsync(Path.Combine(file, "data")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderThatNobodyCanWrite_IsRefused()
    {
        // Not even root can make a file in it, which permissions alone do not achieve.
        Assert.Contains("/proc cannot be written", await RefusedAsync("/proc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_FullDisk_Answers503UntilThereIsSpaceAndLosesNothingAnswered()
    {
        using var disk = SmallDisk.Mount(Path.Combine(folder.Root, "disk"));
        using var onDisk = new ServerFolder(Path.Combine(disk.Path, "data"));
        await using var server = await RealServer.StartAsync(onDisk);
        await AssertRefusesAndRecoversAsync(server, onDisk, disk.Fill, disk.Free);
    }

    [Fact]
    public async Task Change_FilesMayNotGrow_Answers503UntilTheyMayAndLosesNothingAnswered()
    {
        // What a service manager's limit on file sizes does, here to a running server. Its signal would end the process at once.
        await using var server = await RealServer.StartAsync(["bash", "-c", """trap '' XFSZ; exec "$@" """, "bash"], folder);
        await AssertRefusesAndRecoversAsync(server, folder, () => LimitFileSize(server, "4096"), () => LimitFileSize(server, "unlimited"));
    }

    private static async Task AssertRefusesAndRecoversAsync(RealServer server, ServerFolder folder, Action fill, Action free)
    {
        var kept = new List<string>();
        var install = await server.InstallAsync(BundleFile.Working(1), "acme");
        await CreateAsync(server, install, "before", kept);

        fill();
        for (var i = 0; i < 3; i++)
        {
            using var refused = await server.Client.PostAsJsonAsync($"{install}/schedules", Schedule($"full {i}"));
            var problem = await RealServer.ReadAsync(refused, HttpStatusCode.ServiceUnavailable);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            Assert.Equal("urn:escapement:problem:store-unavailable", (string?)problem["type"]);
        }

        await Poll.UntilAsync("the server says that it is not ready", async () => !await server.IsReadyAsync());
        Assert.Equal(kept, await NamesAsync(server, install));
        Assert.False(server.Process.HasExited);

        free();
        await Poll.UntilAsync("the server is ready again", server.IsReadyAsync);
        await CreateAsync(server, install, "after", kept);
        Assert.Equal(kept, await NamesAsync(server, install));
        await server.KillAsync();

        await using var again = await RealServer.StartAsync(folder);
        Assert.Equal(kept, await NamesAsync(again, install));
    }

    private static void LimitFileSize(RealServer server, string bytes)
    {
        using var process = Process.Start("prlimit", [string.Create(CultureInfo.InvariantCulture, $"--pid={server.Process.Id}"), $"--fsize={bytes}:"]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static object Schedule(string name) => new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *", name };

    private static async Task CreateAsync(RealServer server, string install, string name, List<string> kept)
    {
        await server.PostAsync($"{install}/schedules", Schedule(name));
        kept.Add(name);
    }

    private static async Task<List<string>> NamesAsync(RealServer server, string install) =>
        [.. (await server.GetAsync($"{install}/schedules"))["items"]!.AsArray().Select(s => (string)s!["name"]!)];

    /// <summary>Starts a server that must refuse in one line; the line.</summary>
    private static async Task<string> RefusedAsync(string data)
    {
        using var process = new ServerProcess(["--data", data, "--urls", $"http://127.0.0.1:{RealServer.FreePort()}"]);
        var code = await process.EndAsync();
        Assert.True(code == CannotStart, $"{code}: {process.Output}");
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
        return Assert.Single(process.Errors);
    }
}
