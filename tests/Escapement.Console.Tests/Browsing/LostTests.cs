using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>
/// Pages whose server does not answer any more, or answers that its store is away: that is said once, and what is on the page stays.
/// Nothing of it depends on where the console lies.
/// </summary>
public sealed partial class LostTests(Chromium chromium) : ScheduleFacts(chromium, "/a/b")
{
    private const string Away = "The server does not answer.";

    private const string Old = "Something on this page could not be read again";

    // How often a page asks before it gives up, until it is time to ask for everything again.
    private const int Attempts = 3;

    [Theory]
    [InlineData("now", true)]
    [InlineData("schedule", false)]
    [InlineData("calendar", true)]
    [InlineData("calendar", false)]
    [InlineData("load", false)]
    public async Task Page_WhoseServerStopsAnswering_StaysAsItIsAndMendsItself(string page, bool gone)
    {
        await FillAsync();
        var run = await RunAsync();
        var visit = await OpenAsync();
        visit.Expect(503, "/api/v1/");
        await BeginSessionAsync(visit);

        // The stream of events, which the page holds by itself here, never comes, so that it asks every ten seconds; its clock is moved on to them.
        await visit.Page.AddInitScriptAsync("delete window.SharedWorker");
        await visit.Page.RouteAsync(Stream(), route => route.AbortAsync("aborted"));
        await visit.Page.Clock.InstallAsync();
        await visit.GoAsync(page switch
        {
            "now" => "/t/~all/now",
            // A week can begin meanwhile, of which nothing was read.
            "calendar" => $"/t/acme/calendar?day={Now:yyyy-MM-dd}",
            _ => AddressOf(page, run),
        });
        await visit.LoadedAsync();
        var main = visit.Page.GetByRole(AriaRole.Main);
        var parts = await main.Locator("*").CountAsync();

        var asked = new ConcurrentDictionary<string, int>();
        await visit.Page.RouteAsync(Answered(), async route =>
        {
            await (gone ? route.AbortAsync("aborted") : route.FulfillAsync(new()
            {
                Status = 503,
                ContentType = "application/problem+json",
                Body = """{ "type": "urn:escapement:problem:store-unavailable", "title": "The store cannot be reached", "status": 503 }""",
            }));
            asked.AddOrUpdate(route.Request.Url, 1, (_, before) => before + 1);
        });
        var banner = visit.Page.GetByText(gone ? Away : Old);

        await AwayAsync(10_000, () => asked.Count >= 2 && asked.Values.All(times => times >= Attempts));

        // When another hour has begun, what is asked for is of that; what was read of the one before stays too.
        var read = asked.Count;
        asked.Clear();
        await AwayAsync(3_600_000, () => asked.Values.Count(times => times >= Attempts) >= read);

        await visit.Page.UnrouteAsync(Answered());
        await visit.Page.Clock.FastForwardAsync(10_000);
        await Expect(banner).ToHaveCountAsync(0);

        async Task AwayAsync(long milliseconds, Func<bool> isGivenUp)
        {
            await visit.Page.Clock.FastForwardAsync(milliseconds);
            for (var waits = 0; !isGivenUp(); waits++)
            {
                Assert.True(waits < 200, string.Join('\n', asked));
                await visit.Page.Clock.FastForwardAsync(100);
                await visit.DrawnAsync();
            }

            await Expect(banner).ToHaveCountAsync(1);
            await Expect(banner).ToBeVisibleAsync();
            await visit.DrawnAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
            await Expect(main.GetByLabel("Loading")).ToHaveCountAsync(0);
            Assert.InRange(await main.Locator("*").CountAsync(), parts * 9 / 10, int.MaxValue);
        }
    }

    [GeneratedRegex("/api/v1/(?!.*events$)")]
    private static partial Regex Answered();

    [GeneratedRegex("/events$")]
    private static partial Regex Stream();
}
