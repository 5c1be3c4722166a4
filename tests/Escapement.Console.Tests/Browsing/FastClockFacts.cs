using System.Text.RegularExpressions;
using Escapement.AspNetCore;
using Escapement.Console.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>A host whose clock is years behind the browser's, and shows an hour in eighteen seconds.</summary>
public abstract partial class FastClockFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Pages_OnAFastClock_GoByTheHostsTimeAndShowAPauseThatEndsByItself()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/schedules");
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText(Soon())).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("clock × 200")).ToBeVisibleAsync();
        foreach (var page in (string[])["load", "now", "calendar"])
        {
            var forecast = await visit.Page.RunAndWaitForResponseAsync(
                () => visit.GoAsync($"/t/acme/{page}"), answer => answer.Url.Contains("/forecast", StringComparison.Ordinal));
            Assert.Equal(200, forecast.Status);
        }

        await visit.GoAsync(SchedulePage);
        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync(Script);
        await ChooseAsync(visit, dialog, "Ends by itself", "in an hour");
        await FinishAsync(dialog, "Pause");
        var notice = visit.Page.GetByText("Paused by its own pause");
        await Expect(notice).ToBeVisibleAsync();

        await Expect(notice).ToBeHiddenAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause…" })).ToBeVisibleAsync();
        Assert.Empty((await GetScheduleAsync())["pauses"]?.AsArray() ?? []);
    }

    [GeneratedRegex("^in \\d+ ?(h|min)")]
    private static partial Regex Soon();

    private protected override void Configure(EscapementOptions options)
    {
        // Behind and not ahead: ids of a process never go back, so that those of the tests beside this one would be of that year too.
        options.TimeLapse = 200;
        options.StartAt = new DateTimeOffset(2021, 3, 4, 1, 0, 0, TimeSpan.Zero);
    }
}

public sealed class FastClocksAtTheRootTests(Chromium chromium) : FastClockFacts(chromium, "/");

public sealed class FastClocksBelowAPathTests(Chromium chromium) : FastClockFacts(chromium, "/a/b");
