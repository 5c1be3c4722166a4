using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Escapement.Console.Tests.Hosting.Chromium))]

namespace Escapement.Console.Tests.Hosting;

/// <summary>One browser for all tests: the system's own Chromium. A test without one fails.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "ESCAPEMENT_TEST_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // On a machine that is busy; what is there sooner is not waited for.
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            // Chromium has no sandbox for root, which is what containers of CI are.
            ChromiumSandbox = Environment.UserName != "root",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(n => folders.Select(f => Path.Combine(f, n))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"The tests of the console need a real Chromium: install it (Debian: apt-get install chromium), or name one in {Variable}.");
    }
}
