using System.Diagnostics;

namespace Escapement.Server.Tests.Starting;

/// <summary>The built executable as a process of its own.</summary>
internal static class ServerProcess
{
    public static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "escapement-server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }

    /// <summary>Starts it under an umask of 0: what it makes has just the modes that it asks for.</summary>
    public static Process StartUnmasked(string[] arguments)
    {
        string[] script = ["-c", "umask 0; exec dotnet \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "escapement-server.dll"), .. arguments];
        return Process.Start(new ProcessStartInfo("/bin/sh", script) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Out, string Error)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
