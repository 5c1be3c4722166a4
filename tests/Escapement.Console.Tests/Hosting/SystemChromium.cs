using Microsoft.Playwright;

namespace Escapement.Console.Tests.Hosting;

/// <summary>The system's own Chromium.</summary>
internal static class SystemChromium
{
    private const string Variable = "ESCAPEMENT_TEST_CHROMIUM";

    // The first is the same browser without the frame around its pages, which costs a third more processor time.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>Starts it without a window.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Find(),
        // Chromium has no sandbox for root, which is what containers of CI are.
        ChromiumSandbox = Environment.UserName != "root",
    });

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(n => folders.Select(f => Path.Combine(f, n))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"The console is looked at in a real Chromium: install it (Debian: apt-get install chromium-headless-shell), or name one in {Variable}.");
    }
}
