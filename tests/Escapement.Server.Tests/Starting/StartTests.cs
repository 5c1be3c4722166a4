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
    public async Task Start_EmptyFolder_ShowsTheTokenOnceAndWritesItForTheOwnerAlone()
    {
        var file = Path.Combine(folder, "token");
        var first = await StartAndStopAsync(file);
        var token = (await File.ReadAllTextAsync(file)).Trim();
        Assert.StartsWith("esc_", token, StringComparison.Ordinal);
        Assert.Equal(2, first.Split(token).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.DoesNotContain("esc_", await StartAndStopAsync(file), StringComparison.Ordinal);
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
    public async Task Start_HttpsAddress_IsRefusedWithTheRemedy()
    {
        var (code, _, error) = await ServerProcess.RunAsync(["--data", folder, "--urls", "https://127.0.0.1:7899"]);
        Assert.Equal(2, code);
        Assert.Contains("a proxy in front of it TLS", error, StringComparison.Ordinal);
    }

    private async Task<string> StartAndStopAsync(string tokenFile)
    {
        using var process = ServerProcess.Start(["--data", Path.Combine(folder, "data"), "--urls", "http://127.0.0.1:0", "--token-file", tokenFile]);
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
