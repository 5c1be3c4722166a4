using System.Diagnostics;
using Escapement.Server.Tests;

namespace Escapement.Console.Tests.Building;

/// <summary>The script by which the project's build makes the console, on a console that is built in no time and counts how often.</summary>
public sealed class BuildScriptTests
{
    private readonly string folder = TestFolders.New();

    public BuildScriptTests()
    {
        Write("package.json", """{ "name": "small", "version": "1.0.0", "private": true, "scripts": { "build": "node build.mjs" } }""");
        Write("package-lock.json", """
            { "name": "small", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "small", "version": "1.0.0" } } }
            """);
        Write("build.mjs", """
            import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
            if (existsSync('broken')) { console.error('it is broken'); process.exit(3); }
            rmSync('dist', { recursive: true, force: true });
            mkdirSync('dist/assets', { recursive: true });
            mkdirSync('src/api', { recursive: true });
            writeFileSync('src/api/schema.d.ts', '// made by the build');
            writeFileSync('dist/assets/main.js', 'let a = 1;\n'.repeat(100));
            writeFileSync('dist/index.html', '<title>small</title>');
            appendFileSync('../builds-' + process.env.BUILDS, '.');
            """);
        Write("src/main.ts", "let a = 1;");
    }

    [Fact]
    public async Task Build_ThatWentWell_HasCompressedFormsAndIsNotRepeated()
    {
        await BuildAsync();
        await BuildAsync();
        await BuildAsync();

        Assert.Equal(1, Builds());
        Assert.True(File.Exists(Path.Combine(folder, "dist/assets/main.js.br")) && File.Exists(Path.Combine(folder, "dist/assets/main.js.gz")));
        Assert.False(File.Exists(Path.Combine(folder, "dist/index.html.br")));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("added")]
    [InlineData("gone")]
    [InlineData("dist")]
    public async Task Build_WhenSomethingIsOtherThanItWas_IsDoneAgainOnce(string what)
    {
        Write("src/other.ts", "let b = 1;");
        await BuildAsync();
        switch (what)
        {
            case "changed":
                Write("src/main.ts", "let a = 2;");
                break;
            case "added":
                // As if it had been moved here: it is older than what was built.
                Write("src/added.ts", "let c = 1;");
                File.SetLastWriteTimeUtc(Path.Combine(folder, "src/added.ts"), DateTime.UnixEpoch.AddYears(40));
                break;
            case "gone":
                File.Delete(Path.Combine(folder, "src/other.ts"));
                break;
            default:
                Directory.Delete(Path.Combine(folder, "dist"), recursive: true);
                break;
        }

        await BuildAsync();
        await BuildAsync();

        Assert.Equal(2, Builds());
    }

    [Fact]
    public async Task Build_InSeveralProcessesAtOnce_IsDoneByOne()
    {
        await Task.WhenAll(BuildAsync(), BuildAsync(), BuildAsync());
        Assert.Equal(1, Builds());
    }

    [Fact]
    public async Task Build_AfterOneThatWasKilled_DoesNotWaitForIt()
    {
        using var over = Process.Start(new ProcessStartInfo("node", "-e 0"))!;
        await over.WaitForExitAsync(TestContext.Current.CancellationToken);
        Write(".building", $"{over.Id}");

        await BuildAsync();

        Assert.Equal(1, Builds());
    }

    [Fact]
    public async Task Build_ThatFails_SaysWhatWasSaidAndLeavesNothingInTheWay()
    {
        Write("broken", "");
        var (code, said) = await RunAsync();
        Assert.Equal(1, code);
        Assert.Contains("it is broken", said, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder, "broken"));
        await BuildAsync();
        Assert.Equal(1, Builds());
    }

    private string Count => $"{folder}/../builds-{Path.GetFileName(folder)}";

    private int Builds() => File.ReadAllText(Count).Length;

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task BuildAsync()
    {
        var (code, said) = await RunAsync();
        Assert.True(code == 0, said);
    }

    private async Task<(int Code, string Said)> RunAsync()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(FindRoot(), "scripts/build-console.mjs"), folder]) { RedirectStandardError = true };
        start.Environment["BUILDS"] = Path.GetFileName(folder);
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }

    private static string FindRoot()
    {
        var up = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(up, "Escapement.slnx")))
        {
            up = Path.GetDirectoryName(up) ?? throw new InvalidOperationException("The repository was not found");
        }

        return up;
    }
}
