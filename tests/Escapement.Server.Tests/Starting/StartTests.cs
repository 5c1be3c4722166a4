using System.Runtime.Versioning;

namespace Escapement.Server.Tests.Starting;

public sealed class StartTests
{
    private readonly string folder = TestFolders.New();

    [Fact]
    public async Task Start_UnknownFlag_IsRefusedByName()
    {
        var (code, _, error) = await ServerProcess.RunAsync(["--data", folder, "--bogus"]);
        Assert.Equal(2, code);
        Assert.Contains("--bogus", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongSettings_NamesEveryOneAndStartsNothing()
    {
        var data = Path.Combine(folder, "never");
        var (code, output, error) = await ServerProcess.RunAsync(
            ["--data", data, "--store", "papyrus", "--time-lapse", "0"],
            ("ESCAPEMENT__Firing__Slots", "0"), ("ESCAPEMENT__Firing__LeaseDuration", "soon"), ("ESCAPEMENT__Firing__Slotz", "1"),
            ("ESCAPEMENT__Limits__MaxPerInstall", "0"), ("ESCAPEMENT__Sandbox__Slots", "0"));
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.All(
            ["papyrus", "TimeLapse", "Firing:Slots", "Firing:LeaseDuration", "Firing:Slotz", "Limits:MaxPerInstall", "Sandbox:Slots"],
            name => Assert.Contains(name, error, StringComparison.Ordinal));
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Start_PostgresThatCannotBeReached_IsRefusedInOneLineWithoutThePassword()
    {
        var (code, output, error) = await ServerProcess.RunAsync(
            ["--data", folder, "--store", "postgres", "--connection", "Host=127.0.0.1;Port=1;Username=u;Password=secret-word;Database=d"],
            ("ESCAPEMENT__PostgreSql__StartTimeout", "00:00:00"));
        Assert.Equal((3, ""), (code, output));
        Assert.Contains("127.0.0.1", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoWorkerProgram_IsRefusedInOneLine()
    {
        var config = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(config, """{"Escapement":{"Sandbox":{"WorkerPath":"/nowhere/worker.dll"}}}""");
        var (code, output, error) = await ServerProcess.RunAsync(["--data", folder, "--urls", "http://127.0.0.1:0", "--config", config]);
        Assert.Equal(3, code);
        Assert.StartsWith(
            "escapement-server cannot start: The program in which guests run is not at /nowhere/worker.dll.",
            Assert.Single(error.Trim().Split('\n')),
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderInUse_IsRefusedInOneLine()
    {
        await using var holder = await RunningServer.StartAsync(folder: folder);
        var (code, _, error) = await ServerProcess.RunAsync(["--data", folder, "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(3, code);
        Assert.Contains(folder, Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_CorruptFile_IsRefusedInOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "escapement.db"), new string('x', 8192));
        var (code, output, error) = await ServerProcess.RunAsync(["--data", folder, "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(3, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EmptyFolderWithATokenFile_WritesTheTokenThereAndShowsItNowhereElse()
    {
        var file = Path.Combine(folder, "token");
        var first = await StartAndStopAsync("--token-file", file);
        Assert.StartsWith("esc_", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Contains($"The API token of this installation is in {file}", first, StringComparison.Ordinal);
        Assert.DoesNotContain("esc_", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AgainWithATokenFile_SaysThatNoneIsMadeAndLeavesTheFile()
    {
        var file = Path.Combine(folder, "token");
        await StartAndStopAsync("--token-file", file);
        var token = await File.ReadAllTextAsync(file);

        var again = await StartAndStopAsync("--token-file", file);
        Assert.Contains($"This installation has had its first token already; {file} stays as it is.", again, StringComparison.Ordinal);
        Assert.Equal(token, await File.ReadAllTextAsync(file));
        Assert.DoesNotContain("first token", await StartAndStopAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the notes of a year")]
    [InlineData("")]
    [InlineData("esc_ and more words")]
    [InlineData("esc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nand another line")]
    public async Task Start_TokenFileThatHoldsSomethingElse_IsRefusedBeforeATokenIsMade(string text)
    {
        var file = Path.Combine(folder, "notes");
        await File.WriteAllTextAsync(file, text);
        var (code, output, error) = await ServerProcess.RunAsync(
            ["--data", Path.Combine(folder, "data"), "--urls", "http://127.0.0.1:0", "--token-file", file]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains($"{file} is there and holds something else", error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
        Assert.False(Directory.Exists(Path.Combine(folder, "data")));
    }

    [Fact]
    public async Task Start_NewFolderWithTheTokenFileOfAnother_ReplacesThatToken()
    {
        var file = Path.Combine(folder, "token");
        await File.WriteAllTextAsync(file, $"esc_{new string('A', 43)}\n");
        await StartAndStopAsync("--token-file", file);
        Assert.DoesNotContain(new string('A', 43), await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EmptyFolderWithoutATokenFile_ShowsTheTokenOnce()
    {
        Assert.Equal(3, (await StartAndStopAsync()).Split("esc_").Length);
        Assert.DoesNotContain("esc_", await StartAndStopAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Start_UnderAnUmaskThatHidesNothing_MakesFilesAndFoldersForTheOwnerAlone()
    {
        var file = Path.Combine(folder, "token");
        await StartAndStopAsync("--token-file", file);

        string[] all = [file, .. Directory.EnumerateFileSystemEntries(Path.Combine(folder, "data"), "*", SearchOption.AllDirectories)];
        Assert.Contains(all, path => path.EndsWith("escapement.db-wal", StringComparison.Ordinal));
        Assert.Contains(all, path => path.EndsWith("escapement.db-shm", StringComparison.Ordinal));
        Assert.All(all.Append(Path.Combine(folder, "data")), path => Assert.Equal(
            (path, UnixFileMode.UserRead | UnixFileMode.UserWrite | (Directory.Exists(path) ? UnixFileMode.UserExecute : 0)),
            (path, File.GetUnixFileMode(path))));
    }

    [Theory]
    [InlineData("schema of")]
    [InlineData("Firing as node")]
    public async Task Stop_WhileItStarts_EndsAsAskedWithoutATrace(string seen)
    {
        using var process = ServerProcess.Start(["--data", Path.Combine(folder, "data"), "--urls", "http://127.0.0.1:0"]);
        var error = process.StandardError.ReadToEndAsync();
        var output = "";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output += line + "\n";
            if (line.Contains(seen, StringComparison.OrdinalIgnoreCase))
            {
                using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains(seen, output, StringComparison.OrdinalIgnoreCase);

        // 143 is the signal's own end, before the runtime listens to it.
        Assert.Contains(process.ExitCode, new[] { 0, 143 });
        Assert.DoesNotContain("   at ", output + await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TokenFileThatIsAFolder_IsRefusedBeforeATokenIsMade()
    {
        var data = Path.Combine(folder, "data");
        var (code, output, error) = await ServerProcess.RunAsync(["--data", data, "--urls", "http://127.0.0.1:0", "--token-file", folder]);
        Assert.Equal(2, code);
        Assert.Contains("is a folder", error, StringComparison.Ordinal);
        Assert.DoesNotContain("esc_", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressInUse_IsRefusedBeforeATokenIsMade()
    {
        using var holder = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        holder.Start();
        var url = $"http://{holder.LocalEndpoint}";
        string[] arguments = ["--data", Path.Combine(folder, "data"), "--urls", url];

        var (code, output, error) = await ServerProcess.RunAsync(arguments);

        Assert.Equal(3, code);
        Assert.Contains($"{url} cannot be listened at: ", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("esc_", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Escapemnt":{"Firing":{"Slots":8}}}""", "Escapemnt is not a section that this server reads")]
    [InlineData("""{"Escapement":{},"Firing":{"Slots":8}}""", "Firing is not a section that this server reads")]
    [InlineData("{}", "has no section Escapement")]
    [InlineData("{\n  \"Escapement\": {\n    \"Urls\": oops\n  }\n}", "is not JSON: see line 3, byte 13")]
    [InlineData("""{"Escapement":{"Urls":"a","Urls":"b"}}""", "Escapement:Urls")]
    public async Task Start_SettingsFileThatSaysNothing_IsRefusedWithTheReason(string text, string reason)
    {
        var file = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var (code, _, error) = await ServerProcess.RunAsync(["--data", folder, "--config", file]);

        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains(file, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HttpsAddress_IsRefusedWithTheRemedy()
    {
        var (code, _, error) = await ServerProcess.RunAsync(["--data", folder, "--urls", "https://127.0.0.1:7899"]);
        Assert.Equal(2, code);
        Assert.Contains("a proxy in front of it TLS", error, StringComparison.Ordinal);
    }

    // Under an umask that takes nothing away, so that modes are what the program makes them; killed, so that the files of the store stay.
    private async Task<string> StartAndStopAsync(params string[] more)
    {
        using var process = ServerProcess.StartUnmasked(["--data", Path.Combine(folder, "data"), "--urls", "http://127.0.0.1:0", .. more]);
        var output = new System.Text.StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.AppendLine(line);
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Application started", output.ToString(), StringComparison.Ordinal);
        return output.ToString();
    }
}
