using System.Globalization;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What is done by the keyboard alone.</summary>
public abstract class KeyboardFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Palette_TypedIntoBeforeItIsLoaded_HasEveryLetter()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/schedules");
        await Expect(visit.Page.GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync();

        // The letters are commands of the page too: to go to another one, and to search it.
        var typed = await AskForPaletteAsync(visit);
        await visit.Page.Keyboard.TypeAsync("g cax/");
        await visit.Page.Keyboard.PressAsync("Backspace");
        await visit.Page.Keyboard.PressAsync("Backspace");
        typed.SetResult();

        var field = visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Searchbox);
        await Expect(field).ToHaveValueAsync("g ca");
        await Expect(field).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("l");
        await Expect(field).ToHaveValueAsync("g cal");
        Assert.Equal("/t/acme/schedules", visit.Address);
    }

    [Fact]
    public async Task Palette_LeftBeforeItIsLoaded_LeavesTheKeysToThePage()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/schedules");
        await Expect(visit.Page.GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync();
        var left = await AskForPaletteAsync(visit);
        await visit.Page.Keyboard.TypeAsync("x");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.RunAndWaitForResponseAsync(() => Task.FromResult(left.TrySetResult()), new Regex("/palette-"));
        await visit.DrawnAsync();

        await visit.Page.Keyboard.TypeAsync("gc");
        await visit.Page.WaitForURLAsync("**/t/acme/calendar");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Picture_AtItsEnd_IsTheLastOccurrenceAndNotTheRunThatSomebodyAskedFor()
    {
        await FillAsync();
        await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();
        await RunAsync();
        var runs = (await Server.GetAsync($"{Schedule}/runs"))["items"]!.AsArray();
        var last = runs.Where(r => (string?)r!["trigger"] == "schedule").Max(r => DateTimeOffset.Parse((string)r!["dueAt"]!, CultureInfo.InvariantCulture));
        Assert.All(runs, r => Assert.True((string?)r!["trigger"] is "schedule" or "run-now"));
        var visit = await SignedInAsync(SchedulePage + "?days=1");
        var slider = visit.Page.GetByRole(AriaRole.Slider);
        await slider.FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");

        var at = Uri.EscapeDataString(last.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        await Expect(visit.Page).ToHaveURLAsync(new Regex(Regex.Escape(at)));
        Assert.Equal(await slider.GetAttributeAsync("aria-valuemax"), await slider.GetAttributeAsync("aria-valuenow"));
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new Regex("succeeded"));
    }

    // Its script comes when the answer is set.
    private static async Task<TaskCompletionSource> AskForPaletteAsync(Visit visit)
    {
        var come = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/assets/palette-*.js", async route =>
        {
            await come.Task;
            await route.ContinueAsync();
        });
        await visit.Page.RunAndWaitForRequestAsync(() => visit.Page.Keyboard.PressAsync("Control+k"), new Regex("/palette-.*[.]js$"));
        return come;
    }
}

public sealed class KeyboardAtTheRootTests(Chromium chromium) : KeyboardFacts(chromium, "/");

public sealed class KeyboardBelowAPathTests(Chromium chromium) : KeyboardFacts(chromium, "/a/b");
