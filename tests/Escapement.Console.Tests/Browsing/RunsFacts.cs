using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>Runs over schedules: found by how they ended, and told apart by whether they run or wait.</summary>
public abstract partial class RunsFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    private const string Broken = "TypeError: " + Script;

    [Fact]
    public async Task Runs_OfWhatFailedAlike_AreFoundByFiltersThatStandInTheAddress()
    {
        await FillAsync();
        Server.Sandbox.Fail(RunReason.Trap, Broken + "\n  at sync.ts:7");
        await RunAsync();
        var visit = await SignedInAsync("/t/acme/schedules");
        await visit.Page.Keyboard.TypeAsync("gr");
        await visit.Page.WaitForURLAsync("**/t/acme/runs");
        var rows = visit.Page.GetByRole(AriaRole.Grid, new() { Name = "Runs" }).GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.GetByText(Broken)).ToBeVisibleAsync();

        // What comes meanwhile shows by itself.
        Server.Sandbox.Respond(202);
        await RunAsync();
        await Expect(rows.GetByText("status 202")).ToBeVisibleAsync();

        await FilterAsync(visit, "Outcome", "Failed");
        await FilterAsync(visit, "Reason", "the extension crashed");
        await Expect(rows).ToHaveCountAsync(2);
        Assert.EndsWith("/t/acme/runs?state=failed&reason=trap", visit.Address, StringComparison.Ordinal);

        await visit.GoAsync("/t/~all/runs?state=failed&reason=time-out");
        await Expect(visit.Page.GetByText("No run is so")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter reason: no answer in time" }).ClickAsync();
        await Expect(rows.GetByText("acme").Filter(new() { Visible = true })).ToHaveCountAsync(1);
        await rows.Nth(1).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(visit.Page.GetByText("It failed").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Runs_BetweenTwoTimesThatAreTyped_AreThoseAlone()
    {
        await FillAsync();
        await RunAsync();
        var visit = await SignedInAsync("/t/acme/runs?within=60");
        var rows = visit.Page.GetByRole(AriaRole.Grid, new() { Name = "Runs" }).GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(2);

        var dialog = await OpenDialogAsync(visit, "From, to…");
        await dialog.GetByLabel("Before").FillAsync("soon");
        await Expect(dialog.GetByText("A time is wanted here").First).ToBeVisibleAsync();
        await dialog.GetByLabel("Before").FillAsync("2020-01-01 06:10");
        await FinishAsync(dialog, "Show");
        await Expect(visit.Page.GetByText("No run is so")).ToBeVisibleAsync();
        Assert.EndsWith("/t/acme/runs?to=2020-01-01T06%3A10%3A00.000Z", visit.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatFailedAndWaitsForItsNextAttempt_IsNowhereSaidToRun()
    {
        await FillAsync();
        await PatchAsync(Schedule, new { policy = new { retry = new { maxAttempts = 3, initialDelaySeconds = 600 } } });
        Server.Sandbox.Fail(RunReason.Trap, Broken);
        await RunAsync();

        var said = new Regex("failed once: TypeError: <img .*, tries again in \\d+ ?m.* \\(attempt 2 of 3\\)");
        var visit = await SignedInAsync("/t/acme/now");
        await Expect(visit.Page.GetByRole(AriaRole.List, new() { Name = "Runs that are open" }).GetByText(said)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("none runs at the moment · 1 waits")).ToBeVisibleAsync();
        await visit.GoAsync(SchedulePage);
        await Expect(visit.Page.GetByText(said).First).ToBeVisibleAsync();
        await visit.LoadedAsync();
        await Expect(visit.Page.GetByText("It runs now")).ToHaveCountAsync(0);
        await visit.GoAsync("/t/~all/schedules");
        await Expect(visit.Page.GetByRole(AriaRole.Row).GetByText("waiting")).ToBeVisibleAsync();
        await visit.GoAsync("/t/~all/runs?state=running%2Cqueued");
        await Expect(visit.Page.GetByRole(AriaRole.Row).GetByText(new Regex("failed once: .* \\(attempt 2\\)"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Why_OfARunThatSomebodyAskedFor_LeadsToThatRun()
    {
        await FillAsync();
        Server.Sandbox.Fail(RunReason.Trap, Broken);
        var run = await RunAsync();

        var visit = await SignedInAsync("/t/acme/now");
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" }).GetByRole(AriaRole.Link, new() { Name = "Why", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync($"**/t/acme/runs/{run}");
        await Expect(visit.Page.GetByText("It failed").First).ToBeVisibleAsync();
        await visit.LoadedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Why", Exact = true })).ToHaveCountAsync(0);

        await visit.GoAsync(SchedulePage);
        await visit.Page.GetByLabel("Runs of this schedule").GetByRole(AriaRole.Button, new() { NameRegex = WhyAt() }).ClickAsync();
        await visit.Page.WaitForURLAsync($"**/t/acme/runs/{run}");
    }

    [Fact]
    public async Task Now_SchedulesThatOneVersionFails_AreOneThingWithItsVersionAndWhatTheGuestSaid()
    {
        Server.Sandbox.Fail(RunReason.Trap, Broken + "\n  at sync.ts:7");
        foreach (var tenant in (string[])["acme", "globex"])
        {
            var install = await Server.InstallAsync(tenant);
            using var asked = await Server.Client.PostAsync($"{install}/schedules/{(await Server.CreateAsync(install, "sync"))["id"]}/run-now", null);
            Assert.True(asked.IsSuccessStatusCode);
            await Server.RecordedAsync();
        }

        var visit = await SignedInAsync("/t/~all/now");
        var needs = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await Expect(needs.GetByText($"2 schedules of {RunningServer.Extension} 1.0.0 fail: the extension crashed")).ToBeVisibleAsync();
        await Expect(needs.GetByText(Broken, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(needs.GetByRole(AriaRole.Link, new() { Name = "sync of globex" })).ToBeVisibleAsync();
        await needs.GetByRole(AriaRole.Link, new() { Name = "Its runs" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Grid, new() { Name = "Runs" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Expect(visit.Page.GetByText($"version: {RunningServer.Extension} 1.0.0")).ToBeVisibleAsync();
    }

    private static async Task FilterAsync(Visit visit, string filter, string value)
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "+ Filter" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = filter, Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = value, Exact = true }).ClickAsync();
    }

    [GeneratedRegex("^Why, at ")]
    private static partial Regex WhyAt();
}

public sealed class RunsAtTheRootTests(Chromium chromium) : RunsFacts(chromium, "/");

public sealed class RunsBelowAPathTests(Chromium chromium) : RunsFacts(chromium, "/a/b");
