using System.Diagnostics;

namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>Runs a command to its end, as a user types it.</summary>
internal static class Command
{
    /// <summary>Answers what it wrote; fails with all of that where it does.</summary>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // Of the build that runs this test nothing is to reach the command.
        info.Environment.Remove("MSBUILD_EXE_PATH");
        info.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }
}
