using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.AspNetCore;
using Escapement.Console.Tests.Hosting;
using Escapement.Nodes;
using Escapement.Server.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>A tenant that is paused while a schedule of it comes due: what each page says of that.</summary>
public abstract class PausedFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Now_OfATenantThatIsPaused_NamesWhatIsHeldAndLeadsToIt()
    {
        await HoldAsync();
        var visit = await SignedInAsync("/t/acme/now");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "All is paused. Nothing else needs you." })).ToBeVisibleAsync();
        var held = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Held on purpose" });
        await Expect(held.GetByRole(AriaRole.Link, new() { Name = "late", Exact = true })).ToHaveAttributeAsync("href", Why());
        await Expect(held.GetByRole(AriaRole.Button, new() { Name = "Resume the tenant…" })).ToBeVisibleAsync();
        var paused = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Paused" });
        await Expect(paused.GetByText(Script)).ToBeVisibleAsync();
        await paused.GetByRole(AriaRole.Link, new() { Name = "The tenant · acme" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText("late")).ToBeVisibleAsync();
        Assert.Equal("/t/acme/schedules?paused=tenant", visit.Address);

        await visit.Page.GoBackAsync();
        var changed = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Changed lately" });
        await changed.GetByRole(AriaRole.Link, new() { Name = "paused the tenant" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).GetByText("tenant.pause")).ToBeVisibleAsync();

        Regex Why() => new($"/schedules/.*/{Schedule.Split('/')[^1]}/why");
    }

    [Fact]
    public async Task Resume_OfATenant_ShowsWhatEachWayOfEndingWouldDoBeforeItDoesIt()
    {
        var count = await HoldAsync();
        var visit = await SignedInAsync("/t/acme/now");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Resume the tenant…" }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText($"{count} occurrences that came due will not run.")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true })).ToBeEnabledAsync();

        await ChooseAsync(visit, dialog, "What came due meanwhile", "the latest of it runs");
        await Expect(dialog.GetByText($"{count - 1} occurrences that came due will not run. 1 runs now.")).ToBeVisibleAsync();
        await ChooseAsync(visit, dialog, "What came due meanwhile", "all of it runs, the oldest first");
        await Expect(dialog.GetByText($"Nothing that came due is left out. {count} run now")).ToBeVisibleAsync();
        await FinishAsync(dialog, $"Resume, and run {count}");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause the tenant…" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("install")]
    [InlineData("schedule")]
    public async Task Pause_UntilATime_SaysWhatItWouldKeepBackAndEndsThen(string layer)
    {
        await FillAsync();
        var (page, button, clocks) = layer switch
        {
            "tenant" => ("/t/acme/now", "Pause the tenant…", $"Times are on this browser’s clocks, {Visit.TimeZone}."),
            "install" => ($"/t/acme/installs/{Install.Split('/')[^1]}", "Pause…", $"Times are on this browser’s clocks, {Visit.TimeZone}."),
            _ => (SchedulePage, "Pause…", "Times are in "),
        };
        var visit = await SignedInAsync(page);
        var dialog = await OpenDialogAsync(visit, button);
        await Expect(dialog.GetByText("Of the next seven days it keeps back")).ToBeVisibleAsync();
        await dialog.GetByLabel("Why").FillAsync(Script);
        await ChooseAsync(visit, dialog, "Ends by itself", "at a time…");
        await Expect(dialog.GetByText(clocks)).ToBeVisibleAsync();
        var at = dialog.GetByLabel("At", new() { Exact = true });
        var submit = dialog.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true });
        await at.FillAsync("tomorrow");
        await Expect(dialog.GetByText("Give a time such as 18:00, or a day and a time")).ToBeVisibleAsync();
        await submit.ClickAsync();
        await at.FillAsync("18:00");
        await Expect(dialog.GetByText(new Regex("^It ends .*18:00"))).ToBeVisibleAsync();
        await at.FillAsync("2020-01-01 08:00");
        await Expect(dialog.GetByText("That is past")).ToBeVisibleAsync();
        await submit.ClickAsync();
        await Expect(at).ToBeFocusedAsync();

        var until = Now.Date.AddDays(9).AddHours(8).AddMinutes(30);
        await at.FillAsync($"{until:yyyy-MM-dd'T'HH:mm:ss}Z");
        await Expect(dialog.GetByText(new Regex("^It ends .*occurrences come due until then and are kept back."))).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await FinishAsync(dialog, "Pause");
        var pause = Assert.Single((await GetScheduleAsync())["pauses"]!.AsArray())!;
        Assert.Equal((layer, $"{until:yyyy-MM-dd'T'HH:mm:ss}.000Z"), ((string?)pause["layer"], (string?)pause["until"]));
    }

    [Theory]
    [InlineData("calendar")]
    [InlineData("load")]
    public async Task CalendarAndLoad_OfATenantThatIsPaused_NameThePauseOverTheirCell(string page)
    {
        await HoldAsync();
        var visit = await SignedInAsync($"/t/acme/{page}");
        var then = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Paused then" });
        await Expect(then.GetByText("The tenant · acme")).ToBeVisibleAsync();
        await Expect(then.GetByText(Script)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("as long as what is paused stays so")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
    }

    [Fact]
    public async Task Schedule_HeldByItsTenantAndItsInstall_IsLetGoFromItsPageAndTheInstallSaysSo()
    {
        await FillAsync();
        foreach (var (held, onEnd) in new[] { ("/api/v1/tenants/acme", "latest"), (Install, "all") })
        {
            using var paused = await Server.Client.PostAsJsonAsync($"{held}/pause", new { note = Script, onEnd });
            Assert.True(paused.IsSuccessStatusCode, await paused.Content.ReadAsStringAsync());
        }

        var visit = await SignedInAsync("/t/acme/installs");
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText("paused", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Paused by the tenant’s pause")).ToBeVisibleAsync();
        await visit.GoAsync($"/t/acme/installs/{Install.Split('/')[^1]}");
        await Expect(visit.Page.GetByText("Paused by the tenant’s pause")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Paused by the install’s pause")).ToBeVisibleAsync();

        await visit.GoAsync(SchedulePage);
        await Expect(visit.Page.GetByText("Of what comes due meanwhile the latest runs when it ends.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("What comes due meanwhile runs when it ends, the oldest first.")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        foreach (var layer in new[] { "tenant", "install" })
        {
            // Why has it among what there is to do, too.
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Resume the {layer}…" }).First.ClickAsync();
            var dialog = visit.Page.GetByRole(AriaRole.Dialog);
            await FinishAsync(dialog, "Resume");
            await Expect(visit.Page.GetByText($"Paused by the {layer}’s pause")).ToBeHiddenAsync();
        }

        Assert.Empty((await GetScheduleAsync())["pauses"]?.AsArray() ?? []);
        await visit.GoAsync("/t/acme/installs");
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText("enabled", new() { Exact = true })).ToBeVisibleAsync();
    }

    // It is what the ledger has: skipped, because it was paused.
    // One row of the ledger, which stands under its last occurrence: each day has what was due in it.
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task WhatAPauseKeptBack_OnceItIsResumed_HasOneWordOnEveryPage(int hours)
    {
        var count = await HoldAsync(hours);
        using var resumed = await Server.Client.PostAsync("/api/v1/tenants/acme/resume", content: null);
        Assert.True(resumed.IsSuccessStatusCode);
        await Server.ClaimAsync(Now);
        var row = (await Server.GetAsync($"{Schedule}/runs?state=skipped"))["items"]![0]!;

        var visit = await SignedInAsync("/t/acme/now");
        var held = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Held on purpose" });
        await Expect(held.GetByText("skipped", new() { Exact = true })).ToBeAttachedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "All is well. Nothing needs you." })).ToBeVisibleAsync();

        await visit.GoAsync($"{SchedulePage}/why?at={Uri.EscapeDataString((string)row["dueAt"]!)}");
        await Expect(visit.Page.GetByText("It was skipped: paused")).ToBeVisibleAsync();

        var first = (DateTimeOffset)row["missed"]!["from"]!;
        foreach (var day in Enumerable.Range(0, count).Select(n => first.AddMinutes(10 * n)).GroupBy(at => at.Date))
        {
            await visit.GoAsync($"/t/acme/calendar?view=day&day={day.Key:yyyy-MM-dd}&cell={day.Last():yyyy-MM-dd'T'HH}");
            await visit.LoadedAsync();
            var heading = visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, NameRegex = new($": {day.Count()} occurrences? (was|were) skipped$") });
            await Expect(heading).ToBeVisibleAsync();
            await Expect(visit.Page.GetByText("skipped: paused").First).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("paused") })).ToHaveCountAsync(0);
        }
    }

    private protected override void Configure(EscapementOptions options) => options.Roles = EscapementRoles.Api;

    // A node beside this one, which serves the API alone: the test claims for it.
    private async Task TakeWorkAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var node = new HostNode { Id = Ids.Next(TimeProvider.System), Name = "node", Slots = 4, Version = "1.0.0", StartedAt = now, SeenAt = now.AddHours(1) };
        await Server.Services.GetRequiredService<INodeStore>().BeatAsync(node, now.AddSeconds(-30));
    }

    /// <summary>Pauses the tenant and has a schedule come due under that for so many hours; answers how often.</summary>
    private async Task<int> HoldAsync(int hours = 1)
    {
        await TakeWorkAsync();
        await FillAsync();
        using var paused = await Server.Client.PostAsJsonAsync("/api/v1/tenants/acme/pause", new { note = Script });
        Assert.True(paused.IsSuccessStatusCode, await paused.Content.ReadAsStringAsync());
        await ComeDueAsync(hours);
        Assert.Empty(await Server.ClaimAsync(Now));
        using var shown = await Server.Client.PostAsync("/api/v1/tenants/acme/resume/preview", content: null);
        return (int)(await RunningServer.ReadAsync(shown))["skipped"]!;
    }
}

public sealed class PausedAtTheRootTests(Chromium chromium) : PausedFacts(chromium, "/");

public sealed class PausedBelowAPathTests(Chromium chromium) : PausedFacts(chromium, "/a/b");
