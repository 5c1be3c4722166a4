using System.Globalization;
using Escapement.Console.Tests.Hosting;
using Microsoft.Playwright;

namespace Escapement.Bench.Lists;

/// <summary>The console in a real Chromium: how long until each page shows what it is about, until a search is answered, and what scrolling costs.</summary>
internal static class Pages
{
    private const int Rounds = 5;

    // The headline is there, and nothing holds the place of what is still read. Tables have a row below their head.
    private const string Usable = """
        table => document.querySelector('h1')?.textContent && !document.querySelector('[role=status][aria-label]')
          && (!table || document.querySelectorAll('[role=row]').length > 1) && performance.now()
        """;

    /// <summary>Measures all; a line for each.</summary>
    /// <param name="address">The server.</param>
    /// <param name="token">An operator's.</param>
    /// <param name="pages">Addresses below the server's, and whether what they show is a table.</param>
    /// <param name="schedule">The address of a schedule's page.</param>
    /// <param name="run">Runs that schedule; answers the run's id and when it ended.</param>
    public static async IAsyncEnumerable<string> MeasureAsync(
        Uri address, string token, IReadOnlyList<(string Path, bool HasTable)> pages, string schedule, Func<Task<(string Id, DateTimeOffset EndedAt)>> run)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemChromium.LaunchAsync(playwright);
        var firsts = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            await using var context = await OpenAsync(browser, address, token);
            firsts.Add(await VisitAsync(await context.NewPageAsync(), pages[0]));
        }

        firsts.Sort();
        yield return Line(firsts[Rounds / 2], firsts[^1], $"median and most until {pages[0].Path} is usable on a first visit, from an empty cache");

        await using var last = await OpenAsync(browser, address, token);
        foreach (var visited in pages)
        {
            var times = new List<double>();
            for (var i = 0; i <= Rounds; i++)
            {
                var page = await last.NewPageAsync();
                times.Add(await VisitAsync(page, visited));
                await page.CloseAsync();
            }

            times.RemoveAt(0);
            times.Sort();
            yield return Line(times[Rounds / 2], times[^1], $"median and most until {visited.Path} is usable, opened anew");
        }

        var schedules = await last.NewPageAsync();
        await VisitAsync(schedules, ("/t/~all/schedules", HasTable: true));
        var answers = new List<double>();
        foreach (var text in (string[])["001234", "001235", "001236", "001237", "001238"])
        {
            await schedules.GetByRole(AriaRole.Searchbox).First.FillAsync(text);
            var asked = await schedules.EvaluateAsync<double>("() => performance.now()");
            var shown = await schedules.WaitForFunctionAsync(
                """
                text => {
                  const rows = [...document.querySelectorAll('[role=row]')].slice(1);
                  return rows.length > 0 && rows.every(r => r.textContent.includes(text)) && performance.now();
                }
                """,
                text);
            answers.Add(await shown.JsonValueAsync<double>() - asked);
        }

        answers.Sort();
        yield return Line(answers[answers.Count / 2], answers[^1], "median and most from a search's last key to its rows");

        await schedules.GetByRole(AriaRole.Searchbox).First.FillAsync("");
        await UsableAsync(schedules, hasTable: true);
        await schedules.EvaluateAsync("""
            () => {
              window.tasks = [];
              new PerformanceObserver(seen => window.tasks.push(...seen.getEntries().map(e => e.duration))).observe({ type: 'longtask' });
            }
            """);
        await schedules.GetByRole(AriaRole.Row).Nth(3).HoverAsync();
        for (var i = 0; i < 200; i++)
        {
            await schedules.Mouse.WheelAsync(0, 400);
            await Task.Delay(20);
        }

        var tasks = await schedules.EvaluateAsync<double[]>("() => window.tasks");
        yield return Line(
            tasks.Length,
            tasks.Length == 0 ? 0 : tasks.Max(),
            "tasks over 50 ms while 200 turns of the wheel scroll the schedules, and the longest");

        var watching = await last.NewPageAsync();
        await VisitAsync(watching, (schedule, HasTable: true));
        var delays = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var (id, endedAt) = await run();
            var seen = await watching.WaitForFunctionAsync(
                """
                id => [...document.querySelectorAll('[role=row]')].some(r => r.querySelector(`a[href*="${id}"]`) && r.textContent.includes('status 200'))
                  && performance.timeOrigin + performance.now()
                """,
                id);
            delays.Add(await seen.JsonValueAsync<double>() - endedAt.ToUnixTimeMilliseconds());
        }

        delays.Sort();
        yield return Line(delays[Rounds / 2], delays[^1], "median and most from a run's end to its row in the page of its schedule");
    }

    private static string Line(double first, double second, string what) => string.Create(CultureInfo.InvariantCulture, $"{first,7:0} {second,7:0}  {what}");

    private static async Task<double> VisitAsync(IPage page, (string Path, bool HasTable) visited)
    {
        await page.GotoAsync(visited.Path, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        return await UsableAsync(page, visited.HasTable);
    }

    private static async Task<double> UsableAsync(IPage page, bool hasTable) =>
        await (await page.WaitForFunctionAsync(Usable, hasTable)).JsonValueAsync<double>();

    private static async Task<IBrowserContext> OpenAsync(IBrowser browser, Uri address, string token)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        });
        var signedIn = await context.APIRequest.PostAsync("/api/v1/session", new APIRequestContextOptions
        {
            DataObject = new { token },
            Headers = new Dictionary<string, string> { ["x-escapement-console"] = "1", ["origin"] = address.GetLeftPart(UriPartial.Authority) },
        });
        return signedIn.Ok ? context : throw new InvalidOperationException($"Signing in was answered {signedIn.Status}: {await signedIn.TextAsync()}");
    }
}
