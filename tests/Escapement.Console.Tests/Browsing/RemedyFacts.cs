using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What Now and Why say that there is to do: each of it has its button, which does that and nothing beside it.</summary>
public abstract partial class RemedyFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Now_OfTheNightBeforeTheLast_SaysWhatWasMissedAndFillsThatIn()
    {
        await FillAsync();
        var due = await ComeDueAsync(HoursSinceYesterdayBegan());
        await Server.RecordedAsync();

        var visit = await SignedInAsync("/t/acme/now");
        var needs = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await Expect(needs.GetByText(new Regex("since .* 00:00, by cause"))).ToBeVisibleAsync();
        await Expect(needs.GetByText("did not run").First).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await needs.GetByRole(AriaRole.Button, new() { Name = "Backfill…", Exact = true }).Last.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync(Typed(due));
        await Expect(dialog.GetByText("occurrences would run")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { NameRegex = RunMany() })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Now_OfAllTenants_NamesWhoseACauseIs()
    {
        await FillAsync();
        await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();

        var visit = await SignedInAsync("/t/~all/now");
        var needs = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await Expect(needs.GetByRole(AriaRole.Link, new() { Name = "late of acme", Exact = true })).ToBeVisibleAsync();
        await needs.GetByRole(AriaRole.Link, new() { Name = "acme", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/t/acme/now");
    }

    [Fact]
    public async Task Now_OfSchedulesThatPausedThemselvesByOneVersion_SaysItOnceAndLeadsToThem()
    {
        Server.Sandbox.Respond(500);
        await FillAsync();
        await PauseItselfAsync();
        Look((string)(await Server.CreateAsync(Install, "second"))["id"]!);
        await PauseItselfAsync();

        var visit = await SignedInAsync("/t/acme/now");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, NameRegex = new("^One thing needs you") })).ToBeVisibleAsync();
        var needs = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await Expect(needs.GetByText($"2 schedules of {RunningServer.Extension} 1.0.0 have paused themselves")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await needs.GetByRole(AriaRole.Link, new() { Name = "Show all that are paused so" }).ClickAsync();
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        await Expect(grid.GetByText("second")).ToBeVisibleAsync();
        await Expect(grid.GetByText(Script)).ToBeVisibleAsync();

        async Task PauseItselfAsync()
        {
            await PatchAsync(Schedule, new { policy = new { pauseAfterFailures = 1 } });
            await RunAsync();
            Assert.Equal("failures", (string?)(await GetScheduleAsync())["pauses"]![0]!["cause"]);
        }
    }

    [Fact]
    public async Task Why_InTheMiddleOfWhatWasMissed_FillsInAllOfIt()
    {
        await FillAsync();
        var due = await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();

        var visit = await SignedInAsync(WhyAt(due.AddMinutes(90)));
        var dialog = await OpenDialogAsync(visit, "Backfill…");
        await Expect(dialog.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync(Typed(due));
        var ledger = (await Server.GetAsync($"{Schedule}/why?at={due.AddMinutes(90):yyyy-MM-ddTHH:mm:ssZ}"))["ledger"]!;
        await Expect(dialog.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync(Typed((DateTimeOffset)ledger["to"]!));
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = $"Run {ledger["occurrences"]} occurrences" })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Why_OfWhatWaitsInABackfillThatIsHeld_SaysSoAndLetsThatGoOnInsteadOfAnother()
    {
        await FillAsync();
        var due = await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();
        using var paused = await Server.Client.PostAsJsonAsync($"{Schedule}/pause", new { note = "looking" });
        using var shown = await Server.Client.PostAsJsonAsync($"{Schedule}/backfill/preview", new { from = due, which = "missing" });
        var token = (string)(await RunningServer.ReadAsync(shown))["preview"]!["token"]!;
        using var begun = await Server.Client.PostAsJsonAsync($"{Schedule}/backfill", new { previewToken = token });
        using var held = await Server.Client.PostAsync($"{Schedule}/backfill/pause", content: null);
        Assert.True(held.IsSuccessStatusCode, await held.Content.ReadAsStringAsync());

        var visit = await SignedInAsync("/t/acme/now");
        await Expect(visit.Page.GetByText("for their turn in a backfill, which is held until somebody has it go on.").First).ToBeVisibleAsync();
        await visit.GoAsync(WhyAt(due.AddMinutes(90)));
        await Expect(visit.Page.GetByText("it waits for its turn in the backfill").First).ToBeVisibleAsync();
        await visit.LoadedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Backfill…", Exact = true })).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Let the backfill go on" }).ClickAsync();
        await Expect(Said(visit).GetByText("The backfill of late goes on.")).ToBeVisibleAsync();
        Assert.False((bool)(await Server.GetAsync($"{Schedule}/backfill"))["backfill"]!["paused"]!);
        await TakeBackAsync(visit);
        Assert.True((bool)(await Server.GetAsync($"{Schedule}/backfill"))["backfill"]!["paused"]!);
    }

    [Fact]
    public async Task Why_OfAnInstallThatIsDisabled_EnablesItAndTakesThatBack()
    {
        await FillAsync();
        using var disabled = await Server.Client.PostAsync($"{Install}/disable", content: null);
        Assert.True(disabled.IsSuccessStatusCode);

        var visit = await SignedInAsync(WhyAt(Due));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Enable the install" }).ClickAsync();
        await Expect(Said(visit).GetByText("is enabled.")).ToBeVisibleAsync();
        Assert.True((bool)(await Server.GetAsync(Install))["enabled"]!);
        await TakeBackAsync(visit);
        Assert.False((bool)(await Server.GetAsync(Install))["enabled"]!);
    }

    [Fact]
    public async Task Why_OfAScheduleThatWasDeleted_RestoresItAndTakesThatBack()
    {
        await FillAsync();
        using var deleted = await Server.Client.DeleteAsync(Schedule);
        Assert.True(deleted.IsSuccessStatusCode);

        var visit = await OpenAsync();
        visit.Expect(404, $"/schedules/{Schedule.Split('/')[^1]}");
        await BeginSessionAsync(visit);
        await visit.GoAsync(WhyAt(Due));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Restore the schedule" }).ClickAsync();
        await Expect(Said(visit).GetByText("is back.")).ToBeVisibleAsync();
        Assert.Equal(Schedule.Split('/')[^1], (string?)(await GetScheduleAsync())["id"]);
    }

    [Theory]
    [InlineData("tenants/acme/", "Resume the tenant…", "Resume all of acme")]
    [InlineData("", "Resume the host…", "Resume the host")]
    [InlineData("install", "Resume the install…", "Resume com.acme.sync")]
    public async Task Why_OfWhatAPauseHolds_ResumesThatLayer(string layer, string button, string title)
    {
        await FillAsync();
        var at = layer == "install" ? Install + "/pause" : $"/api/v1/{layer}pause";
        using var paused = await Server.Client.PostAsJsonAsync(at, new { note = Script });
        Assert.True(paused.IsSuccessStatusCode);

        var visit = await SignedInAsync(WhyAt(Due));
        var dialog = await OpenDialogAsync(visit, button);
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { NameRegex = new(Regex.Escape(title)) })).ToBeVisibleAsync();
        await FinishAsync(dialog, "Resume");
        Assert.Null((await Server.GetAsync(at))["pause"]);
        await TakeBackAsync(visit);
        Assert.Equal(Script, (string?)(await Server.GetAsync(at))["pause"]!["note"]);
    }

    [Fact]
    public async Task Why_OfAnInstantBesideThePicture_MovesThePictureThere()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage + "/why?days=1");
        var latest = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Up to now" });
        await Expect(visit.Page.GetByRole(AriaRole.Slider)).ToBeVisibleAsync();
        await Expect(latest).ToHaveCountAsync(0);
        var asked = visit.Page.WaitForRequestAsync(r => r.Url.Contains("/runs?", StringComparison.Ordinal) && r.Url.Contains("to=", StringComparison.Ordinal));
        await visit.Page.GetByLabel("Another instant").FillAsync("2026-03-02 09:00");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        Assert.Contains("2026-03-0", (await asked).Url, StringComparison.Ordinal);
        await Expect(visit.Page.GetByRole(AriaRole.Slider)).ToBeVisibleAsync();
        await latest.ClickAsync();
        await Expect(latest).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Now_OfWhatFires_HasTheClocksOfItsSchedule()
    {
        Server.Sandbox.Answer = async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException("Nothing waits that long.");
        };
        await FillAsync();
        await PatchAsync(Schedule, new { timezone = "Asia/Kolkata" });
        await BeginRunAsync();
        var visit = await SignedInAsync("/t/acme/now");
        var firing = visit.Page.GetByRole(AriaRole.List, new() { Name = "Runs that are open" });
        await Expect(firing.Locator("time").First).ToHaveAttributeAsync("data-zone", "Asia/Kolkata");
    }

    // What came due last did so some minutes ago; and a day can begin while the page is looked at.
    private int HoursSinceYesterdayBegan()
    {
        var begin = Visit.TimeOf(Now.AddMinutes(5)).Date.AddDays(-1);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Visit.TimeZone);
        return (int)(Now.AddMinutes(-6) - new DateTimeOffset(begin, zone.GetUtcOffset(begin))).TotalHours;
    }

    // The schedules of these tests are in UTC.
    private static string Typed(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private string WhyAt(DateTimeOffset at) => $"{SchedulePage}/why?at={Uri.EscapeDataString(at.UtcDateTime.ToString("O"))}";

    private static ILocator Said(Visit visit) => visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });

    private static async Task TakeBackAsync(Visit visit)
    {
        await Said(visit).GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Expect(Said(visit).GetByText("Taken back.")).ToBeVisibleAsync();
    }

    [GeneratedRegex("Run (\\d+) occurrences")]
    private static partial Regex RunMany();
}

public sealed class RemedyAtTheRootTests(Chromium chromium) : RemedyFacts(chromium, "/");

public sealed class RemedyBelowAPathTests(Chromium chromium) : RemedyFacts(chromium, "/a/b");
