using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.AspNetCore;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
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
        var needs = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await Expect(needs.GetByRole(AriaRole.Link, new() { Name = "late", Exact = true })).ToHaveAttributeAsync("href", Why());
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
        var dialog = await OpenDialogAsync(visit, "Resume the tenant…");
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
    [InlineData("calendar")]
    [InlineData("load")]
    public async Task CalendarAndLoad_OfATenantThatIsPaused_NameThePauseOverTheirCell(string page)
    {
        await HoldAsync();
        var visit = await SignedInAsync($"/t/acme/{page}");
        var then = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Paused then" });
        await Expect(then.GetByText("The tenant · acme")).ToBeVisibleAsync();
        await Expect(then.GetByText(Script)).ToBeVisibleAsync();
        await visit.AccessibleAsync();
    }

    private protected override void Configure(EscapementOptions options) => options.Roles = EscapementRoles.Api;

    /// <summary>Pauses the tenant and has a schedule come due under that for an hour; answers how often.</summary>
    private async Task<int> HoldAsync()
    {
        await FillAsync();
        using var paused = await Server.Client.PostAsJsonAsync("/api/v1/tenants/acme/pause", new { note = Script });
        Assert.True(paused.IsSuccessStatusCode, await paused.Content.ReadAsStringAsync());
        await ComeDueAsync(hoursAgo: 1);
        Assert.Empty(await Server.ClaimAsync(TimeProvider.System.GetUtcNow()));
        using var shown = await Server.Client.PostAsync("/api/v1/tenants/acme/resume/preview", content: null);
        return (int)(await RunningServer.ReadAsync(shown))["skipped"]!;
    }
}

public sealed class PausedAtTheRootTests(Chromium chromium) : PausedFacts(chromium, "/");

public sealed class PausedBelowAPathTests(Chromium chromium) : PausedFacts(chromium, "/a/b");
