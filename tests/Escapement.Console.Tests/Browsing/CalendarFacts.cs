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
        await RunAsync();
        var other = await Server.InstallAsync("globex");
        Look((string)(await Server.CreateAsync(other, "of globex"))["id"]!);
        Server.Sandbox.Answer = well;
        using var asked = await Server.Client.PostAsync($"{other}/schedules/{Schedule.Split('/')[^1]}/run-now", content: null);
        Assert.True(asked.IsSuccessStatusCode);
        await Server.RecordedAsync();

        var visit = await SignedInAsync("/t/~all/calendar?view=day");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "1 occurrence did not go well" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("1 failed.*1 succeeded") })).ToHaveCountAsync(1);
        var due = visit.Page.GetByRole(AriaRole.List, new() { Name = "What was due" });
        await Expect(due.GetByText("globex", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(due.GetByText("acme", new() { Exact = true })).ToBeVisibleAsync();
        await visit.AccessibleAsync();

        // A day that is over before anything was there has nothing.
        await visit.GoAsync("/t/~all/calendar?view=day&day=2026-01-01");
        await Expect(visit.Page.GetByText("written down within a day of that time")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "nothing was due" })).ToBeVisibleAsync();

        await visit.GoAsync("/t/~all/calendar?view=day");
        await due.GetByRole(AriaRole.Link, new() { Name = "of globex" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/t/globex/runs/*");
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("~all")]
    public async Task Calendar_OfOneScheduleThatWasSearchedFor_HasThatAlone(string scope)
    {
        await FillAsync();
        await RunAsync();
        var other = (string)(await Server.CreateAsync(Install, "nightly report"))["id"]!;
        var visit = await SignedInAsync($"/t/{scope}/calendar?view=day");
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("1 succeeded") })).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Of one schedule" }).FillAsync("report");
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "nightly report" }).ClickAsync();

        await Expect(visit.Page.GetByText("schedule: nightly report")).ToBeVisibleAsync();
        Assert.StartsWith("/t/acme/calendar", visit.Address, StringComparison.Ordinal);
        Assert.Contains(other, visit.Address, StringComparison.Ordinal);
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("succeeded") })).ToHaveCountAsync(0);
        await visit.AccessibleAsync();
    }
}

public sealed class CalendarAtTheRootTests(Chromium chromium) : CalendarFacts(chromium, "/");

public sealed class CalendarBelowAPathTests(Chromium chromium) : CalendarFacts(chromium, "/a/b");
