using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Escapement.Console.Tests.Hosting.Chromium))]

namespace Escapement.Console.Tests.Hosting;

/// <summary>One browser for all tests: the system's own Chromium. A test without one fails.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // On a machine that is busy; what is there sooner is not waited for.
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        Browser = await SystemChromium.LaunchAsync(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }
}
