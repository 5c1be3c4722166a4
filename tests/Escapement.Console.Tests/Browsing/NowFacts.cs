using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What Now says where not all is well, to whoever may do something about it and to whoever may not.</summary>
public abstract class NowFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    private const string Idle = "No node takes work: nothing fires until one does.";

    [Fact]
    public async Task Now_WhoseOnlyNodeWasDrained_SaysThatNothingFiresAndWhoDrainedItBeforeAnythingIsLate()
    {
        await FillAsync();
        await DrainAsync();
        var visit = await SignedInAsync("/t/~all/now");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = Idle })).ToBeVisibleAsync();
        var card = visit.Page.GetByRole(AriaRole.Region, new() { Name = "No node takes work" });
        await Expect(card.GetByText("was drained by first-token")).ToBeVisibleAsync();
        await Expect(card.GetByText($"“{Script}”")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = "Nodes" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/t/~all/nodes");
    }

    [Fact]
    public async Task RunNow_WithNoNodeThatTakesWork_IsNowhereSaidToRun()
    {
        await FillAsync();
        await DrainAsync();
        var visit = await SignedInAsync(SchedulePage);
        var dialog = await OpenDialogAsync(visit, "Run now…");
        await Expect(dialog.GetByText("No node takes work: it waits until one does.")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Run now");
        var messages = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });
        await Expect(messages.GetByText("It waits until a node takes work.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("A run waits to start.")).ToBeVisibleAsync();

        await visit.GoAsync("/t/acme/now");
        var open = visit.Page.GetByRole(AriaRole.List, new() { Name = "Runs that are open" });
        await Expect(open.GetByText("waits for a node that takes work")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Now_OfSomebodyWhoOnlyReadsATenant_SaysTheSameAndLeadsNowhereThatIsNotTheirs()
    {
        await FillAsync();
        await DrainAsync();
        using var made = await Server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "reader", role = "viewer", tenants = new[] { "acme" } });
        var visit = await OpenAsync();
        visit.Expect(401, "/api/v1/session");
        await visit.GoAsync("/t/acme/now");
        await SignInAsync(visit, (string)(await RunningServer.ReadAsync(made))["secret"]!);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = Idle })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Operators see the nodes: ask them why none takes work.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes" })).ToHaveCountAsync(0);

        await visit.Page.Keyboard.PressAsync("?");
        var keys = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Expect(keys.GetByText("Go to Schedules")).ToBeVisibleAsync();
        await Expect(keys.GetByText("Go to Nodes")).ToHaveCountAsync(0);
        await Expect(keys.GetByText("Select the row")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Now_OfALongLogLine_HasItsBeginningAndTheRunHasAllOfIt()
    {
        await FillAsync();
        var line = new string('L', 4_000);
        Server.Sandbox.Respond(500);
        Server.Sandbox.Evidence = new RunEvidence([new GuestLogLine(DateTimeOffset.UnixEpoch, "error", line)], 0, new Dictionary<string, int>());
        await RunAsync();
        var visit = await SignedInAsync("/t/acme/now");
        var needs = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await Expect(needs.GetByText(new Regex("^L{200}…$"))).ToBeVisibleAsync();
        await needs.GetByRole(AriaRole.Link, new() { Name = "Why", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText(line).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task NextHour_OfATenantThatAColleaguePauses_GoesWithTheHeadline()
    {
        await FillAsync();
        using var made = await Server.Client.PostAsJsonAsync($"{Install}/schedules", new { endpoint = "POST /api/sync", cron = "*/5 * * * *", name = "often" });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        var visit = await SignedInAsync("/t/acme/now");
        var hour = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Next hour" });
        await Expect(hour.GetByText(new Regex("^1[1-3] occurrences"))).ToBeVisibleAsync();

        using var paused = await Server.Client.PostAsJsonAsync("/api/v1/tenants/acme/pause", new { note = Script });
        Assert.True(paused.IsSuccessStatusCode, await paused.Content.ReadAsStringAsync());
        await Expect(hour.GetByText("All of it is held by a pause")).ToBeVisibleAsync();
        using var resumed = await Server.Client.PostAsync("/api/v1/tenants/acme/resume", content: null);
        Assert.True(resumed.IsSuccessStatusCode);
        await Expect(hour.GetByText(new Regex("^1[1-3] occurrences"))).ToBeVisibleAsync();
    }

    private async Task DrainAsync()
    {
        var node = (await Server.GetAsync("/api/v1/nodes"))["items"]![0]!["id"];
        using var drained = await Server.Client.PostAsJsonAsync($"/api/v1/nodes/{node}/drain", new { note = Script });
        Assert.True(drained.IsSuccessStatusCode, await drained.Content.ReadAsStringAsync());
    }
}

public sealed class NowAtTheRootTests(Chromium chromium) : NowFacts(chromium, "/");

public sealed class NowBelowAPathTests(Chromium chromium) : NowFacts(chromium, "/a/b");
