using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What an admin does with schedules, from the first press to what the host has of it.</summary>
public abstract partial class FlowFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Edit_WhileAColleagueChangesIt_ShowsWhatItWouldDoAndLosesNeitherChange()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        visit.Expect(412, "/schedules/");
        var dialog = await OpenDialogAsync(visit, "Edit…");
        await dialog.GetByLabel("When", new() { Exact = true }).FillAsync("every weekday at 9:07");
        await dialog.GetByLabel("Payload (JSON)").FillAsync($$"""{"mine":"{{JsonEncoded()}}"}""");
        await Expect(dialog.GetByText("In the next 30 days it")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("Read as 7 9 * * 1-5")).ToBeVisibleAsync();

        await PatchAsync(Schedule, new { timezone = "Europe/Berlin", cron = "0 8 * * *" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("Somebody changed it meanwhile")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("When", new() { Exact = true })).ToHaveValueAsync("every weekday at 9:07");
        Assert.Equal("0 8 * * *", (string?)(await GetScheduleAsync())["cron"]);
        var rows = dialog.GetByRole(AriaRole.Row);
        await Expect(rows.Filter(new() { HasText = "Zone" })).ToContainTextAsync("Europe/Berlinstays as it is nowfirst-token");
        await Expect(rows.Filter(new() { HasText = "0 8 * * *" })).ToContainTextAsync("7 9 * * 1-5first-token");
        await visit.AccessibleAsync();

        await FinishAsync(dialog, "Save mine over it");
        var saved = await GetScheduleAsync();
        Assert.Equal(("7 9 * * 1-5", "Europe/Berlin"), ((string?)saved["cron"], (string?)saved["timezone"]));
        await Expect(visit.Page.GetByText("alert(1)").First).ToBeVisibleAsync();

        static string JsonEncoded() => Script.Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schedules")]
    [InlineData("install")]
    public async Task New_ByAnAdmin_ShowsWhenItWouldRunIsMadeAndTakenBack(string from)
    {
        await FillAsync();
        var visit = await SignedInAsync(AddressOf(from, ""));
        visit.Expect(422, "/schedules");
        visit.Expect(404, "/schedules/");
        var dialog = await OpenDialogAsync(visit, "New schedule…");
        await dialog.GetByLabel("Name").FillAsync("Made " + Script);
        await ChooseAsync(visit, dialog, "Calls", "POST /api/sync");
        var make = dialog.GetByRole(AriaRole.Button, new() { Name = "Make it" });
        await make.ClickAsync();
        await Expect(dialog.GetByText("Say when it runs")).ToBeVisibleAsync();
        var typed = dialog.GetByLabel("When", new() { Exact = true });
        await Expect(typed).ToBeFocusedAsync();
        await typed.FillAsync("every 90 minutes");
        await Expect(dialog.GetByText("every hour or every 2 hours")).ToBeVisibleAsync();
        await typed.FillAsync("every weekday at 9:07");
        await dialog.GetByLabel("Payload (JSON)").FillAsync("[");
        await make.ClickAsync();
        await Expect(dialog.GetByText("Payload must be a JSON object or array")).ToBeVisibleAsync();
        await dialog.GetByLabel("Payload (JSON)").FillAsync("");
        await Expect(dialog.GetByText("Payload must be a JSON object or array")).ToHaveCountAsync(0);
        await Expect(dialog.GetByRole(AriaRole.List, new() { Name = "Next" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        await visit.AccessibleAsync();
        await FinishAsync(dialog, "Make it");

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Made " + Script })).ToBeVisibleAsync();
        var made = await Server.GetAsync($"{Install}/schedules/{visit.Address.Split('/')[^1]}");
        // The zone of the tenant's other schedule, which is not the browser's.
        Assert.Equal(("7 9 * * 1-5", "UTC", "POST /api/sync"), ((string?)made["cron"], (string?)made["timezone"], (string?)made["endpoint"]));
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(visit.Page.GetByText("Taken back.")).ToBeVisibleAsync();
        Assert.Single((await Server.GetAsync($"{Install}/schedules"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Skip_OfOne_IsTakenBackAgain()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = SkipOne() }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync(Script);
        await FinishAsync(dialog, "Skip");
        var skip = Assert.Single((await GetScheduleAsync())["skips"]!.AsArray())!;
        Assert.Equal(Script, (string?)skip["note"]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Take back", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("runs as planned")).ToBeVisibleAsync();
        Assert.Empty((await GetScheduleAsync())["skips"]?.AsArray() ?? []);
    }

    [Fact]
    public async Task Pause_TakenBackAmongTheChanges_IsNotOfferedToBeTakenBackOnceMore()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync(Script);
        await FinishAsync(dialog, "Pause");
        var undo = new LocatorGetByRoleOptions { Name = "Undo", Exact = true };
        var said = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });
        await Expect(said.GetByRole(AriaRole.Button, undo)).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Changes" }).GetByRole(AriaRole.Button, undo).First.ClickAsync();
        await FinishAsync(visit.Page.GetByRole(AriaRole.Dialog), "Take back");
        await Expect(said.GetByText("The change was taken back.")).ToBeVisibleAsync();
        await Expect(said.GetByRole(AriaRole.Button, undo)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Why_OfOneThatWasMissed_SaysItAndLeadsToABackfillOfWhatIsMissing()
    {
        await FillAsync();
        var due = await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();

        var visit = await SignedInAsync($"{SchedulePage}/why?at={Uri.EscapeDataString(due.UtcDateTime.ToString("O"))}");
        await Expect(visit.Page.GetByText("It was missed").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.List, new() { Name = "What led to it" })).ToBeVisibleAsync();

        var dialog = await OpenDialogAsync(visit, "Backfill…");
        await dialog.GetByLabel("Note").FillAsync(Script);
        var begin = dialog.GetByRole(AriaRole.Button, new() { NameRegex = RunMany() });
        await Expect(dialog.GetByText("occurrences would run")).ToBeVisibleAsync();
        var count = int.Parse(RunMany().Match((await begin.TextContentAsync())!).Groups[1].Value);
        Assert.True(count > 10);
        await begin.ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();

        // Among those that end can be one that came due meanwhile.
        var filled = 0;
        for (var i = 0; i < count || filled < count; i++)
        {
            await Server.RecordedAsync();
            var runs = (await Server.GetAsync($"{Schedule}/runs?limit=100&state=succeeded"))["items"]!.AsArray();
            filled = runs.Count(r => (string?)r!["trigger"] == "backfill");
        }

        Assert.Equal(count, filled);

        // A week can have begun in between; half of it lies in one.
        await visit.GoAsync($"/t/acme/calendar?day={due.AddMinutes(90):yyyy-MM-dd}");
        await Expect(visit.Page.GetByText("were made up for.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Run_WatchedWhileItRuns_ShowsItsEndAndWhatItWroteByItself()
    {
        await FillAsync();
        var release = new TaskCompletionSource();
        Server.Sandbox.Evidence = new RunEvidence([new GuestLogLine(DateTimeOffset.UnixEpoch, "warn", "wrote " + Script)], 0, new Dictionary<string, int>());
        IReadOnlyList<GuestLogLine> soFar = [];
        Server.Sandbox.Answer = async (invocation, stop) =>
        {
            invocation.OnLog?.Invoke(() => soFar);
            await release.Task.WaitAsync(stop);
            return new InvocationResult.Failed(RunReason.Trap, "broke " + Script);
        };
        var run = await BeginRunAsync();

        var visit = await SignedInAsync($"/t/acme/runs/{run}");
        await Expect(visit.Page.GetByText("It runs now")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Nothing is known yet of what it writes.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Known when it ends.")).ToBeVisibleAsync();
        var facts = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Facts" });
        await Expect(facts.GetByText(new Regex("^[1-9]\\d?s$"))).ToBeVisibleAsync();
        await Expect(facts.GetByText("the host’s own")).ToBeVisibleAsync();
        await Expect(facts.GetByRole(AriaRole.Link, new() { Name = "1.0.0" })).ToBeVisibleAsync();
        var log = visit.Page.GetByRole(AriaRole.Log);
        foreach (var line in (string[])["begins " + Script, "goes on"])
        {
            soFar = [.. soFar, new GuestLogLine(DateTimeOffset.UnixEpoch, "info", line)];
            await Expect(log.GetByText(line)).ToBeVisibleAsync();
        }

        release.SetResult();
        await Expect(visit.Page.GetByText("It failed")).ToBeVisibleAsync();
        await Expect(log.GetByText("wrote " + Script)).ToBeVisibleAsync();
        await Expect(log.GetByText("goes on")).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByText("It called nothing of the host.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("broke " + Script).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pause_SentAgainAfterAProxyGaveUp_IsOnePauseWithOneEnd()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        visit.Expect(504, "/pause");
        string? first = null;
        await visit.Page.RouteAsync("**/pause", async route =>
        {
            if (first is null)
            {
                first = route.Request.PostData;
                await route.FetchAsync();
                await route.FulfillAsync(new() { Status = 504 });
            }
            else
            {
                Assert.Equal(first, route.Request.PostData);
                await route.ContinueAsync();
            }
        });
        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync("database move");
        await ChooseAsync(visit, dialog, "Ends by itself", "in an hour");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await FinishAsync(dialog, "Pause");

        var pause = Assert.Single((await GetScheduleAsync())["pauses"]!.AsArray())!;
        Assert.Equal((string?)JsonNode.Parse(first!)!["until"], (string?)pause["until"]);
        var audit = (await Server.GetAsync("/api/v1/tenants/acme/audit"))["items"]!.AsArray();
        Assert.Single(audit, e => (string?)e!["action"] == "schedule.pause");
    }

    [Fact]
    public async Task Policy_WithALetterInACount_SaysSoAndIsNotSent()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        var dialog = await OpenDialogAsync(visit, "Change…");
        var limit = dialog.GetByLabel("Seconds that an attempt may take");
        await limit.FillAsync("2o");
        await Expect(dialog.GetByText("A whole number is wanted here")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(limit).ToBeFocusedAsync();

        await limit.FillAsync("20");
        await FinishAsync(dialog, "Save");
        Assert.Equal(20, (int?)(await GetScheduleAsync())["policy"]!["timeLimitSeconds"]);
    }

    [Fact]
    public async Task Several_OfWhichAColleagueChangesOneMeanwhile_LeavesThatOneAlone()
    {
        await FillAsync();
        await Server.CreateAsync(Install, "second");
        var visit = await SignedInAsync("/t/acme/schedules");
        foreach (var name in (string[])[Script, "second"])
        {
            await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name }).GetByRole(AriaRole.Checkbox).ClickAsync(new() { Force = true });
        }

        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync("database move");
        var pause = dialog.GetByRole(AriaRole.Button, new() { Name = "Pause 2 schedules" });
        await Expect(pause).ToBeEnabledAsync();
        await PatchAsync(Schedule, new { name = "renamed" });
        await Expect(visit.Page.Locator("[data-at]").Filter(new() { HasText = "renamed" })).ToBeVisibleAsync();
        await pause.ClickAsync();

        var notice = visit.Page.GetByRole(AriaRole.Region, new() { Name = "A change of many schedules" });
        await Expect(notice.GetByText("Done: 1 schedule changed, 1 left out.")).ToBeVisibleAsync();
        Assert.Empty((await GetScheduleAsync())["pauses"]?.AsArray() ?? []);
        await notice.GetByRole(AriaRole.Button, new() { Name = "What was left out" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).GetByText("renamed: changed meanwhile")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await notice.GetByRole(AriaRole.Button, new() { Name = "Take it back…" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(notice).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText("paused", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Load_ACrowdInOneMinute_IsSpreadAsItWasShown()
    {
        await FillAsync();
        for (var i = 1; i < 12; i++)
        {
            await Server.CreateAsync(Install, $"crowd {i}");
        }

        var visit = await SignedInAsync("/t/acme/load");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See what would change…" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("crowd 7")).ToBeVisibleAsync();
        Assert.Equal(0, (int?)(await GetScheduleAsync())["policy"]!["spreadSeconds"]);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 12 schedules" }).ClickAsync();
        await Expect(visit.Page.GetByText("Done: 12 schedules changed.")).ToBeVisibleAsync();
        Assert.True((int?)(await GetScheduleAsync())["policy"]!["spreadSeconds"] > 0);
    }

    [Fact]
    public async Task Palette_AnIdOfAllTenants_GoesToItsTenant()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/~all");
        foreach (var (id, kind, address) in ((string, string, string)[])
        [
            (Schedule.Split('/')[^1], "Schedule", $"/t/acme/schedules/{Install.Split('/')[^1]}/{Schedule.Split('/')[^1]}"),
            (Install.Split('/')[^1], "Install", $"/t/acme/installs/{Install.Split('/')[^1]}"),
        ])
        {
            await visit.LoadedAsync();
            await visit.Page.Keyboard.PressAsync("Control+k");
            await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Searchbox).FillAsync(id);
            await visit.Page.GetByRole(AriaRole.Option, new() { Name = $"{kind} {id}" }).ClickAsync();
            await visit.Page.WaitForURLAsync($"**{address}");
        }
    }

    [GeneratedRegex("^Skip .+")]
    private static partial Regex SkipOne();

    [GeneratedRegex("^Run (\\d+) occurrences$")]
    private static partial Regex RunMany();
}

public sealed class FlowsAtTheRootTests(Chromium chromium) : FlowFacts(chromium, "/");

public sealed class FlowsBelowAPathTests(Chromium chromium) : FlowFacts(chromium, "/a/b");
