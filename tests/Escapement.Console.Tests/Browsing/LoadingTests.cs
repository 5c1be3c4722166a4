using System.Text.Json;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>
/// Pages on a first visit, while the server's answers come one after the other and each is drawn before the next. Where the console lies moves nothing.
/// </summary>
public sealed partial class LoadingTests(Chromium chromium) : ScheduleFacts(chromium, "/a/b")
{
    // What is called good: https://web.dev/articles/cls. A page that knows what comes keeps to less.
    private const double Good = 0.1;

    // More than their table on a schedule's page is high.
    private const int Runs = 14;

    // On a screen, in half of one, and on a phone; with the answers as they were asked for, and with the last asked for first.
    private static readonly (int Width, int Height, bool Backwards)[] Looks =
        [(1280, 800, false), (1000, 800, true), (390, 844, false), (390, 844, true)];

    [Theory]
    [InlineData("now", Good)]
    [InlineData("schedules", Good)]
    [InlineData("schedule", 0.02)]
    [InlineData("why", 0.05)]
    [InlineData("calendar", Good)]
    [InlineData("load", Good)]
    [InlineData("runs", Good)]
    [InlineData("run", Good)]
    [InlineData("extensions", Good)]
    [InlineData("extension", Good)]
    [InlineData("installs", Good)]
    [InlineData("install", Good)]
    [InlineData("audit", Good)]
    [InlineData("nodes", Good)]
    [InlineData("access", Good)]
    public async Task Page_WhoseAnswersComeOneByOne_StaysWhereItIs(string page, double limit)
    {
        await FillAsync();
        await ComeDueAsync(hoursAgo: 3, onTheTens: true);
        await Server.RecordedAsync();
        var run = "";
        for (var i = 0; i < Runs; i++)
        {
            run = await RunAsync();
        }

        var said = new List<string>();
        foreach (var (width, height, backwards) in Looks)
        {
            var moves = await LoadAsync(AddressOf(page, run), width, height, backwards);
            var sum = moves.Sum(m => m.GetProperty("by").GetDouble());
            if (sum >= limit)
            {
                said.Add($"{page}, {width} wide{(backwards ? ", backwards" : "")}: {sum:0.000}\n{string.Join('\n', moves.Select(m => m.GetRawText()))}");
            }
        }

        Assert.True(said.Count == 0, string.Join('\n', said));
    }

    [Fact]
    public async Task Page_OfWhichNothingIsThereYet_SaysThatItIsLoading()
    {
        var visit = await OpenAsync();
        await BeginSessionAsync(visit);
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync("**/api/v1/session", async route =>
        {
            await known.Task;
            await route.ContinueAsync();
        });
        await visit.GoAsync("/t/acme/now");
        var said = visit.Page.GetByText("Loading", new() { Exact = true });
        await Expect(said).ToBeVisibleAsync();
        known.SetResult();
        await Expect(Account(visit)).ToBeVisibleAsync();
        await Expect(said).ToHaveCountAsync(0);
    }

    /// <summary>Visits an address; answers by how much what on the page moved, and how.</summary>
    private async Task<List<JsonElement>> LoadAsync(string address, int width, int height, bool backwards)
    {
        var visit = await OpenAsync();
        await visit.Page.SetViewportSizeAsync(width, height);
        await BeginSessionAsync(visit);
        await visit.Page.AddInitScriptAsync("""
            window.moves = [];
            new PerformanceObserver(list => list.getEntries().filter(move => !move.hadRecentInput).forEach(move => window.moves.push({
              by: move.value,
              of: move.sources.map(({ node, previousRect: a, currentRect: b }) =>
                `${(node?.textContent ?? '').slice(0, 24)}: ${[a.x, a.y, a.width, a.height]} to ${[b.x, b.y, b.width, b.height]}`),
            }))).observe({ type: 'layout-shift', buffered: true });
            """);
        var asked = new List<TaskCompletionSource>();
        await visit.Page.RouteAsync(Answered(), async route =>
        {
            await TurnAsync();
            await route.FulfillAsync(new() { Response = await route.FetchAsync() });
            await visit.DrawnAsync();
            Next();
        });
        await visit.GoAsync(address);
        await visit.LoadedAsync();
        await visit.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        return [.. JsonDocument.Parse(await visit.Page.EvaluateAsync<string>("JSON.stringify(window.moves)")).RootElement.EnumerateArray()];

        Task TurnAsync()
        {
            lock (asked)
            {
                var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                asked.Add(turn);
                if (asked.Count == 1)
                {
                    turn.SetResult();
                }

                return turn.Task;
            }
        }

        void Next()
        {
            lock (asked)
            {
                asked.RemoveAll(turn => turn.Task.IsCompleted);
                (backwards ? asked.LastOrDefault() : asked.FirstOrDefault())?.SetResult();
            }
        }
    }

    // The stream of events has no end that could be waited for.
    [GeneratedRegex("/api/v1/(?!.*events$)")]
    private static partial Regex Answered();
}
