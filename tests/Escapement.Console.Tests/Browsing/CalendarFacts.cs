using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>The calendar: of all tenants and of one schedule.</summary>
public abstract class CalendarFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Calendar_OfAllTenants_HasWhatWasAndSaysWhoseItIs()
    {
        var well = Server.Sandbox.Answer;
        Server.Sandbox.Answer = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.Failed(RunReason.Trap, "broke"));
        await FillAsync();
        var failed = await RunAsync();
        var other = await Server.InstallAsync("globex");
        Look((string)(await Server.CreateAsync(other, "of globex"))["id"]!);
        Server.Sandbox.Answer = well;
        using var asked = await Server.Client.PostAsync($"{other}/schedules/{Schedule.Split('/')[^1]}/run-now", content: null);
        Assert.True(asked.IsSuccessStatusCode);
        var succeeded = (string)(await RunningServer.ReadAsync(asked))["id"]!;
        await Server.RecordedAsync();

        var day = Visit.TimeOf(await DueAtAsync(failed));
        var visit = await SignedInAsync($"/t/~all/calendar?view=day&day={day:yyyy-MM-dd}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "1 occurrence did not go well" })).ToBeVisibleAsync();

        // An hour can have begun between the two.
        (DateTimeOffset At, string Said, string Tenant)[] both =
            [(await DueAtAsync(failed), "1 failed", "acme"), (await DueAtAsync(succeeded), "1 succeeded", "globex")];
        var due = visit.Page.GetByRole(AriaRole.List, new() { Name = "What was due" });
        foreach (var hour in both.GroupBy(run => $"{Visit.TimeOf(run.At):yyyy-MM-dd'T'HH}"))
        {
            await visit.GoAsync($"/t/~all/calendar?view=day&day={hour.Key[..10]}&cell={hour.Key}");
            var said = new Regex($"{hour.Key[^2..]}:00: {string.Join(".*", hour.Select(run => run.Said))}");
            await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = said })).ToHaveCountAsync(1);
            foreach (var (_, _, tenant) in hour)
            {
                await Expect(due.GetByText(tenant, new() { Exact = true })).ToBeVisibleAsync();
            }
        }

        await visit.AccessibleAsync();
        await due.GetByRole(AriaRole.Link, new() { Name = "of globex" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/t/globex/runs/*");

        // A day that is over before anything was there has nothing.
        await visit.GoAsync("/t/~all/calendar?view=day&day=2026-01-01");
        await Expect(visit.Page.GetByText("written down within a day of that time")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "nothing was due" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Calendar_OfATenant_IsOnTheClocksOfItsSchedulesOrOnThoseThatAreChosen()
    {
        await FillAsync();
        await PatchAsync(Schedule, new { timezone = "Asia/Tokyo" });
        var visit = await SignedInAsync("/t/acme/calendar");
        await Expect(visit.Page.GetByText("On the clocks of Asia/Tokyo.")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Asia/Tokyo On the clocks of" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = $"{Visit.TimeZone}, this browser’s" }).ClickAsync();
        await Expect(visit.Page.GetByText($"On the clocks of {Visit.TimeZone}.")).ToBeVisibleAsync();
        Assert.Contains("zone=Europe", visit.Address, StringComparison.Ordinal);
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.GetByText($"On the clocks of {Visit.TimeZone}.")).ToBeVisibleAsync();

        await visit.GoAsync("/t/~all/calendar");
        await Expect(visit.Page.GetByText($"On the clocks of {Visit.TimeZone}.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Cell_OfMoreThanItShows_HasTheRestAtAPress()
    {
        await FillAsync();
        foreach (var name in (string[])["often", "as often"])
        {
            using var made = await Server.Client.PostAsJsonAsync($"{Install}/schedules", new { endpoint = "POST /api/sync", cron = "*/5 * * * *", name });
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
            Look((string)(await RunningServer.ReadAsync(made))["id"]!);
        }

        var day = $"{TimeProvider.System.GetUtcNow().AddDays(2):yyyy-MM-dd}";
        var cell = $"/t/acme/calendar?view=day&day={day}&cell={day}T10";
        var visit = await SignedInAsync(cell);
        var toCome = visit.Page.GetByRole(AriaRole.Region, new() { Name = "What is to come" });
        await toCome.GetByRole(AriaRole.Button, new() { Name = "and 1 other" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        foreach (var name in (string[])["often", "as often"])
        {
            await Expect(dialog.GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        }

        await visit.GoAsync($"{cell}&installId={Install.Split('/')[^1]}&scheduleId={Schedule.Split('/')[^1]}");
        var more = toCome.GetByRole(AriaRole.Button, new() { Name = "and 2 more" });
        await Expect(toCome.GetByRole(AriaRole.Button, new() { NameRegex = new("^Skip") })).ToHaveCountAsync(10);
        await more.ClickAsync();
        await Expect(toCome.GetByRole(AriaRole.Button, new() { NameRegex = new("^Skip") })).ToHaveCountAsync(12);
        await Expect(more).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("~all")]
    public async Task Calendar_OfOneScheduleThatWasSearchedFor_HasThatAlone(string scope)
    {
        await FillAsync();
        var due = await DueAtAsync(await RunAsync());
        var other = (string)(await Server.CreateAsync(Install, "nightly report"))["id"]!;
        var day = scope == "acme" ? due : Visit.TimeOf(due);
        var visit = await SignedInAsync($"/t/{scope}/calendar?view=day&day={day:yyyy-MM-dd}");
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("1 succeeded") })).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Of one schedule" }).FillAsync("report");
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "nightly report" }).ClickAsync();

        await Expect(visit.Page.GetByText("schedule: nightly report")).ToBeVisibleAsync();
        Assert.StartsWith("/t/acme/calendar", visit.Address, StringComparison.Ordinal);
        Assert.Contains(other, visit.Address, StringComparison.Ordinal);
        await visit.AccessibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("succeeded") })).ToHaveCountAsync(0);
    }
}

public sealed class CalendarAtTheRootTests(Chromium chromium) : CalendarFacts(chromium, "/");

public sealed class CalendarBelowAPathTests(Chromium chromium) : CalendarFacts(chromium, "/a/b");
