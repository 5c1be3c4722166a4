using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>The pages, with script in every text that somebody can fill.</summary>
public abstract class PageFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Schedules_WithScriptInTheirTexts_ShowsTheTexts()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/schedules");
        await Expect(visit.Page.GetByText(Script).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Schedule_WhoseRunEnds_ShowsItWithoutBeingAsked()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        var runs = visit.Page.GetByLabel("Runs of this schedule");
        await Expect(visit.Page.GetByText("It has not run yet")).ToBeVisibleAsync();

        Server.Sandbox.Respond(202);
        await RunAsync();

        await Expect(runs.GetByText("status 202").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Schedule_PausedWithANote_SaysTheNoteToWhoeverLooks()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause…" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("database move " + Script);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();

        var other = await SignedInAsync(SchedulePage);
        await Expect(other.Page.GetByText("database move " + Script).First).ToBeVisibleAsync();
        Assert.Equal("database move " + Script, (string?)(await GetScheduleAsync())["pauses"]![0]!["note"]);
    }

    [Fact]
    public async Task Run_ThatFailed_SaysWhatItsGuestSaid()
    {
        await FillAsync();
        Server.Sandbox.Fail(RunReason.Trap, "broken: " + Script);
        var run = await RunAsync();

        var visit = await SignedInAsync($"/t/acme/runs/{run}");
        await Expect(visit.Page.GetByText("broken: " + Script).First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Request" }).GetByText("POST /api/sync")).ToBeVisibleAsync();

        // An address that a colleague of all tenants types.
        await visit.GoAsync($"/t/~all/runs/{run}");
        await visit.Page.WaitForURLAsync($"**/t/acme/runs/{run}");
        await Expect(visit.Page.GetByText("broken: " + Script).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Now_SomethingIsDueAndNothingStarts_SaysSo()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/now");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await visit.Page.RouteAsync("**/lateness", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                {
                  "from": "2026-03-02T08:50:00Z", "to": "2026-03-02T09:00:00Z", "starts": 20, "medianMs": 4, "p99Ms": 17,
                  "waiting": 3, "oldestWaitingAt": "2026-03-02T08:58:00Z", "takesWork": true
                }
                """,
        }));
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.GetByText("3 occurrences are due and have not started")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("late by 4ms (p99 17ms)")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("load?day=garbage")]
    [InlineData("calendar?day=1999-99-99&view=year")]
    [InlineData("schedules?failing=maybe")]
    public async Task Page_WithSomethingWrongInItsAddress_IsThePageWithoutIt(string address)
    {
        await FillAsync();
        var visit = await SignedInAsync($"/t/acme/{address}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Grid)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Address_ThatEndsBehindItsTenant_BeginsWithHowThatIs()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/t/acme/now$"));
    }

    [Fact]
    public async Task Page_WhoseCodeDoesNotCome_ComesByItselfOnceTheHostAnswers()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/now");
        visit.Expect(503, "/assets/");
        var away = true;
        await visit.Page.RouteAsync("**/*", route => away && !route.Request.Url.Contains("/api/", StringComparison.Ordinal)
            ? route.FulfillAsync(new() { Status = 503 })
            : route.ContinueAsync());
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes" }).First.ClickAsync();
        await Expect(visit.Page.GetByText("This page could not be loaded")).ToBeVisibleAsync();
        away = false;
        await Expect(visit.Page.GetByText("This page could not be loaded")).ToBeHiddenAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Grid)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Now_OfATenantWithoutAnInstall_SaysSoAndOffersNoPause()
    {
        var visit = await SignedInAsync("/t/nosuch/now");
        await Expect(visit.Page.GetByText("No tenant “nosuch” has an install")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Row_OpenedByTheKeyboard_LeavesTheFocusInTheNewPage()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/schedules");
        await Expect(visit.Page.GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/t/acme/schedules/*/*");
        await Expect(visit.Page.Locator("main:focus")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Schedules_WhoseNextIsSkipped_SayThatAndWhatComesThen()
    {
        await FillAsync();
        using var skipped = await Server.Client.PostAsJsonAsync(
            $"{Schedule}/skips", new { at = (string?)(await GetScheduleAsync())["nextDueAt"], note = Script });
        Assert.True(skipped.IsSuccessStatusCode, await skipped.Content.ReadAsStringAsync());
        var visit = await SignedInAsync("/t/acme/schedules?sort=next");
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("skipped: in .*, then in 1") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Load_OfAHostThatCarriesMore_SaysWhatItsColoursMean()
    {
        await FillAsync();
        await RunAsync();
        var visit = await SignedInAsync("/t/acme/load");
        await Expect(visit.Page.GetByText("Beside the busiest:").Or(visit.Page.GetByText("Of what the host carries in an hour:"))).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "nothing" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nodes_OnAScreenOf1280AndOnAPhone_SaysAllThatIsKnownOfANode()
    {
        var visit = await SignedInAsync("/t/~all/nodes");
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        foreach (var column in new[] { "Node", "State", "Role", "Slots", "Clock", "Store", "Version", "Sign of life" })
        {
            await Expect(grid.GetByRole(AriaRole.Columnheader, new() { Name = $"{column} Width of {column}", Exact = true })).ToBeVisibleAsync();
        }

        await visit.Page.SetViewportSizeAsync(390, 844);
        await grid.GetByRole(AriaRole.Button, new() { Name = "All about" }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        foreach (var fact in new[] { "State", "Role", "Slots", "A run takes", "Clock", "Store", "Version", "Up since", "Sign of life", "Id" })
        {
            await Expect(dialog.GetByRole(AriaRole.Term).Filter(new() { HasTextRegex = new Regex($"^{fact}$") })).ToBeVisibleAsync();
        }

        await visit.AccessibleAsync();
    }

    [Theory]
    [InlineData("now")]
    [InlineData("schedules")]
    [InlineData("schedule")]
    [InlineData("why")]
    [InlineData("calendar")]
    [InlineData("load")]
    [InlineData("runs")]
    [InlineData("run")]
    [InlineData("extensions")]
    [InlineData("extension")]
    [InlineData("installs")]
    [InlineData("install")]
    [InlineData("audit")]
    [InlineData("nodes")]
    [InlineData("access")]
    public async Task Page_LightDarkAndNarrow_IsAccessible(string page)
    {
        await FillAsync();
        await LookAtAsync(page, await RunAsync());
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("install")]
    [InlineData("schedules")]
    [InlineData("installs")]
    public async Task Page_OfWhatIsPaused_IsAccessible(string page)
    {
        await FillAsync();
        var run = await RunAsync();
        foreach (var held in new[] { Schedule, Install })
        {
            using var paused = await Server.Client.PostAsJsonAsync($"{held}/pause", new { note = Script });
            Assert.True(paused.IsSuccessStatusCode, await paused.Content.ReadAsStringAsync());
        }

        await LookAtAsync(page, run);
    }

    /// <summary>Has axe look at a page in the light, in the dark, and on a phone.</summary>
    private async Task LookAtAsync(string page, string run)
    {
        var visit = await OpenAsync();
        await BeginSessionAsync(visit);
        await visit.GoAsync(AddressOf(page, run));
        await LookAsync();
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await LookAsync();
        await visit.Page.SetViewportSizeAsync(390, 844);
        await LookAsync();

        async Task LookAsync()
        {
            // By then it is in the light and the width that it was given.
            await visit.AccessibleAsync();
        }
    }
}

public sealed class PagesAtTheRootTests(Chromium chromium) : PageFacts(chromium, "/");

public sealed class PagesBelowAPathTests(Chromium chromium) : PageFacts(chromium, "/a/b");
