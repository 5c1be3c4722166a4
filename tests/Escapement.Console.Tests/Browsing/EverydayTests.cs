using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What somebody does every day, several things of a page one after the other. Nothing of it depends on where the console lies.</summary>
public sealed class EverydayTests(Chromium chromium) : ScheduleFacts(chromium, "/a/b")
{
    [Fact]
    public async Task Keys_OfEveryPage_ListThemselvesGoToPagesAndSetTheZoneOfAllTimes()
    {
        await FillAsync();
        var at = new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);
        Server.Sandbox.Evidence = new RunEvidence([new(at, "info", "hello")], 0, new Dictionary<string, int>());
        var run = await RunAsync();
        // In the next hour, and not while it is looked at.
        var cron = $"{Now.AddMinutes(30).Minute} * * * *";
        await PatchAsync(Schedule, new { cron, timezone = "America/New_York" });
        var visit = await SignedInAsync($"/t/acme/runs/{run}");
        var log = visit.Page.GetByRole(AriaRole.Log);
        await Expect(log.Locator("time")).ToHaveTextAsync("06:00:00");
        await visit.Page.Keyboard.PressAsync("?");
        var list = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Expect(list.GetByText("Go to Schedules")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();

        await log.Locator("time").HoverAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("06:00:00 America/New_York");
        await Expect(visit.Page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("10:00:00 UTC");
        await visit.Page.Keyboard.PressAsync("u");
        await Expect(visit.Page.GetByText("Times in UTC")).ToBeVisibleAsync();
        await Expect(log.Locator("time")).ToHaveTextAsync("10:00:00");

        // The picture's titles, and the clocks of the next hour, go by it too.
        await visit.GoAsync(SchedulePage);
        var due = DateTimeOffset.Parse((string)(await Server.GetAsync($"/api/v1/runs/{run}"))["dueAt"]!, null);
        await Expect(visit.Page.Locator("svg title").Filter(new() { HasText = $"{due.UtcDateTime:HH:mm}: succeeded" })).ToHaveCountAsync(1);
        // What is marked on it is reached by the keyboard too.
        var marks = visit.Page.GetByRole(AriaRole.List, new() { Name = "Edits, upgrades, pauses and outages" });
        await marks.GetByRole(AriaRole.Button).Filter(new() { HasText = $"now {cron}" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("[?&]at="));
        await visit.AccessibleAsync();
        await visit.Page.Keyboard.TypeAsync("gn");
        await visit.Page.WaitForURLAsync("**/t/acme/now");
        await Expect(visit.Page.GetByText("on this browser’s clocks, UTC")).ToBeVisibleAsync();
        await visit.Page.Keyboard.TypeAsync("gs");
        await visit.Page.WaitForURLAsync("**/t/acme/schedules");
    }

    [Fact]
    public async Task Palette_Asked_FindsTenantsSchedulesInstallsAndRunsAndCarriesOutCommands()
    {
        await FillAsync();
        var run = await RunAsync();
        await Server.CreateAsync(Install, "nightly report");
        var visit = await SignedInAsync("/t/~all/schedules");

        await PickAsync("night", "nightly report");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "nightly report" })).ToBeVisibleAsync();
        await PickAsync(run, $"Run {run}");
        await visit.Page.WaitForURLAsync($"**/t/acme/runs/{run}");
        await PickAsync("go load", "Go to Load");
        await visit.Page.WaitForURLAsync("**/t/acme/load");

        // Of all tenants too.
        await visit.GoAsync("/t/~all/now");
        await Expect(Account(visit)).ToBeVisibleAsync();
        await PickAsync("acme.SYN", RunningServer.Extension);
        await visit.Page.WaitForURLAsync($"**/t/acme/installs/{Install.Split('/')[^1]}");
        await visit.GoAsync("/t/~all/load");
        await Expect(Account(visit)).ToBeVisibleAsync();
        await PickAsync("ACM", "acme");
        await visit.Page.WaitForURLAsync("**/t/acme/now");

        // As the console calls it elsewhere, and what is done on another page.
        await visit.GoAsync("/t/~all/load");
        await Expect(Account(visit)).ToBeVisibleAsync();
        await PickAsync("report of acme", "nightly report");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "nightly report" })).ToBeVisibleAsync();
        await PickAsync("drain", "Drain a node");
        await visit.Page.WaitForURLAsync("**/t/acme/nodes");
        await visit.GoAsync("/t/~all/schedules?q=report%20acme");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Schedules", Exact = true })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look for “report” in acme" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/t/acme/schedules?q=report");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "nightly report" })).ToBeVisibleAsync();

        async Task PickAsync(string typed, string named)
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find schedules, runs, commands" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Searchbox).FillAsync(typed);
            await visit.Page.GetByRole(AriaRole.Option, new() { Name = named }).First.ClickAsync();
        }
    }

    [Fact]
    public async Task Schedules_Filtered_KeepTheFiltersInTheAddressAndSelectAllThatMatch()
    {
        await FillAsync();
        await Server.CreateAsync(Install, "another");
        var visit = await SignedInAsync("/t/acme/schedules");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "+ Filter" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Paused" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Not paused" }).ClickAsync();
        var remove = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter not paused" });
        await Expect(remove).ToBeVisibleAsync();
        Assert.Matches("paused=.*false", visit.Address);
        await visit.Page.ReloadAsync();
        await Expect(remove).ToBeVisibleAsync();
        await visit.LoadedAsync();

        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select another" }).ClickAsync(new() { Force = true });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Select all that match" }).ClickAsync();
        await Expect(visit.Page.GetByText("All that match are selected")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Disable…", Exact = true }).ClickAsync();
        await FinishAsync(visit.Page.GetByRole(AriaRole.Dialog), "Disable 2 schedules");
        await Expect(visit.Page.GetByText("disabled").Nth(1)).ToBeVisibleAsync();
        await remove.ClickAsync();
        await visit.Page.WaitForURLAsync("**/t/acme/schedules");
    }

    [Fact]
    public async Task Schedules_OfSeveralTenantsPausedTogether_AreOneStripAndOneEntryAndAreTakenBackAtOnce()
    {
        await FillAsync();
        await Server.CreateAsync(await Server.InstallAsync("globex"), "theirs");
        var visit = await SignedInAsync("/t/~all/schedules");
        foreach (var name in (string[])[Script, "theirs"])
        {
            await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name }).GetByRole(AriaRole.Checkbox).ClickAsync(new() { Force = true });
        }

        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync("database move");
        await FinishAsync(dialog, "Pause 2 schedules");
        var strip = visit.Page.GetByRole(AriaRole.Region, new() { Name = "A change of many schedules", Exact = true });
        await Expect(strip).ToContainTextAsync("in 2 tenants");
        await Expect(strip.GetByText("Done: 2 schedules changed.")).ToBeVisibleAsync();
        await strip.GetByRole(AriaRole.Button, new() { Name = "Each by itself" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "A change of many schedules of globex" })).ToContainTextAsync("globex");

        await visit.GoAsync("/t/~all/audit");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "paused a schedule" }).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Show that entry" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).GetByText("in 2 tenants")).ToBeVisibleAsync();
        await visit.GoAsync("/t/~all/audit");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "changed many schedules · 2 tenants" }).ClickAsync();
        var entry = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(entry.GetByRole(AriaRole.Button, new() { NameRegex = new("^globex: ") })).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await entry.GetByRole(AriaRole.Button, new() { Name = "Take back in all 2 tenants…" }).ClickAsync();
        var undo = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(undo.GetByText("acme: 1 schedule")).ToBeVisibleAsync();
        await FinishAsync(undo, "Take it back");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "resumed a schedule" })).ToHaveCountAsync(2);
        Assert.Empty((await GetScheduleAsync())["pauses"]?.AsArray() ?? []);
    }

    [Fact]
    public async Task Calendar_ByMonthOfAnInstall_HasItsCellsAndWhatCanBeDoneAboutThem()
    {
        Server.Sandbox.Fail(RunReason.Trap, "broke");
        await FillAsync();
        var day = $"{await DueAtAsync(await RunAsync()):yyyy-MM-dd}";
        var visit = await SignedInAsync($"/t/acme/calendar?day={day}");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(" Show$") }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "Month" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(" Of$") }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = RunningServer.Extension }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex($"day={day}&view=month&installId={Install.Split('/')[^1]}"));
        await visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("1 failed") }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run that of .* again$") }).ClickAsync();
        await FinishAsync(visit.Page.GetByRole(AriaRole.Dialog), "Run again");
        await Server.RecordedAsync();

        // Of one schedule there are the occurrences to come, to be skipped and taken back.
        await visit.GoAsync(
            $"/t/acme/calendar?view=day&day={Due:yyyy-MM-dd}&installId={Install.Split('/')[^1]}&scheduleId={Schedule.Split('/')[^1]}");
        await visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("to come") }).Last.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Skip .") }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip", Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("Say why it is skipped.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Why").FillAsync("inventory");
        await FinishAsync(dialog, "Skip");
        Assert.Equal("inventory", (string?)Assert.Single((await GetScheduleAsync())["skips"]!.AsArray())!["note"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Take back", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("runs as planned")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Load_OfADay_IsByMinute()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/load");
        await visit.Page.GetByRole(AriaRole.Gridcell).Nth(30).DblClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "The week" })).ToBeVisibleAsync();
        Assert.Contains("day=", visit.Address, StringComparison.Ordinal);
        await Expect(visit.Page.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Gridcell)).ToHaveCountAsync(60);
    }

    [Fact]
    public async Task Run_ThatWroteAndCalled_ShowsItsLogCallsAttemptsAndTrace()
    {
        await FillAsync();
        GuestLogLine Line(string level, string text) => new(DateTimeOffset.UnixEpoch, level, text);
        Server.Sandbox.Evidence = new RunEvidence(
            [Line("info", "began " + Script), Line("warn", "slow"), Line("info", "ended")], 2, new Dictionary<string, int> { ["log.emit"] = 3 });
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Escapement",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(traces);
        await PatchAsync(Schedule, new { policy = new { retry = new { maxAttempts = 2, initialDelaySeconds = 1 } } });
        var well = Server.Sandbox.Answer;
        Server.Sandbox.Fail(RunReason.Trap, Script);
        var broken = Server.Sandbox.Answer;
        Server.Sandbox.Answer = (invocation, stop) => (Server.Sandbox.Asked.Count == 1 ? broken : well)(invocation, stop);
        var run = await RunAsync();
        await Server.RecordedAsync();
        var traced = await Server.GetAsync($"/api/v1/runs/{run}");
        var visit = await SignedInAsync($"/t/acme/runs/{run}");
        var lines = visit.Page.GetByRole(AriaRole.Log).Locator("> div");
        await Expect(lines).ToHaveCountAsync(3);
        await Expect(visit.Page.GetByText("2 more lines were dropped.")).ToBeVisibleAsync();
        var search = visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the log" });
        await search.FillAsync("ENDED");
        await Expect(lines).ToHaveCountAsync(1);
        await search.FillAsync("");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(" Level$") }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "warn" }).ClickAsync();
        await Expect(lines).ToHaveTextAsync(new Regex("warn\\s*slow"));

        await Expect(visit.Page.GetByLabel("Calls of the host, by name")).ToHaveTextAsync(new Regex("log\\.emit\\s*3"));
        var attempts = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Attempts" }).GetByRole(AriaRole.Listitem);
        await Expect(attempts).ToHaveCountAsync(2);
        await Expect(attempts.First).ToContainTextAsync("Attempt 2");
        await Expect(attempts.Last).ToContainTextAsync("Attempt 1: the extension crashed");
        await Expect(attempts.Last).ToContainTextAsync(Script);
        await Expect(attempts.Last).ToContainTextAsync($"trace {(string)traced["earlierAttempts"]![0]!["traceId"]!}");
        await Expect(visit.Page.GetByText((string)traced["traceId"]!, new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Install_ThatWasUninstalled_IsRestoredFromTheListOfThem()
    {
        await FillAsync();
        using var gone = await Server.Client.DeleteAsync(Install);
        var visit = await SignedInAsync("/t/acme/installs");
        var list = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Uninstalled" });
        await Expect(list).ToContainTextAsync(new Regex("1 schedule, uninstalled by .*, .*; until in "));
        await list.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(visit.Page.GetByText("is back, with its schedules")).ToBeVisibleAsync();
        await Expect(list).ToBeHiddenAsync();
        Assert.Equal(Script, (string?)(await GetScheduleAsync())["name"]);
    }

    [Fact]
    public async Task Audit_Followed_ShowsWhatHappensAndTakesItBack()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/audit");
        await visit.Page.GetByText("Follow", new() { Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "+ Filter" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Outcome" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "done" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("follow=.*outcome=done|outcome=done.*follow="));
        await PatchAsync(Schedule, new { cron = "7 3 * * *" });

        var changed = visit.Page.GetByRole(AriaRole.Button, new() { Name = "changed a schedule" });
        await Expect(changed).ToBeVisibleAsync();
        await changed.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take back…" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Heading)).ToContainTextAsync("of acme");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take back…" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Take .*back$") }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "took a change of a schedule back" })).ToBeVisibleAsync();
        Assert.NotEqual("7 3 * * *", (string?)(await GetScheduleAsync())["cron"]);
    }

    [Fact]
    public async Task Access_MadeRotatedAndSignedOut_LetsInWhomItSays()
    {
        await FillAsync();
        var other = await SignedInAsync("/t/~all/now");
        var visit = await SignedInAsync("/t/~all/access");
        var dialog = await OpenDialogAsync(visit, "Make a token…");
        await dialog.GetByLabel("Tenants", new() { Exact = true }).FillAsync("acmee");
        await Expect(dialog.GetByText("There is no tenant acmee yet")).ToBeVisibleAsync();
        await dialog.GetByLabel("Tenants", new() { Exact = true }).FillAsync("acme");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(dialog.GetByText("Give it a name.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync(Script);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Alertdialog).PressAsync("Escape");
        await Expect(visit.Page.GetByText("Nobody can look at the secret again.")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show it still" }).ClickAsync();
        var first = await SecretAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = Script }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rotate…" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rotate it" }).ClickAsync();
        Assert.NotEqual(first, await SecretAsync());
        await Expect(visit.Page.GetByText("two secrets").First).ToBeVisibleAsync();

        other.Expect(401, "/api/v1/");
        var sessions = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Browsers that are signed in" });
        await sessions.GetByRole(AriaRole.Button, new() { Name = "Sign out…" }).ClickAsync();
        await FinishAsync(visit.Page.GetByRole(AriaRole.Dialog), "Sign out…");
        await Expect(sessions.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await other.Page.ReloadAsync();
        await Expect(TokenField(other)).ToBeVisibleAsync();

        async Task<string> SecretAsync()
        {
            var shown = visit.Page.GetByRole(AriaRole.Alertdialog);
            var secret = await shown.GetByLabel("Secret", new() { Exact = true }).InputValueAsync();
            using var me = new HttpClient { BaseAddress = Server.Address, DefaultRequestHeaders = { { "Authorization", $"Bearer {secret}" } } };
            using var answer = await me.GetAsync(new Uri(Server.Address, "/api/v1/tenants/acme/schedules"));
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            await FinishAsync(shown, "I have it");
            return secret;
        }
    }

    [Fact]
    public async Task Page_ThatIsQuick_ShowsNoSignOfLoading()
    {
        await FillAsync();
        var visit = await OpenAsync();
        await BeginSessionAsync(visit);
        await visit.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        var answer = new TaskCompletionSource();
        await visit.Page.RouteAsync(new Regex("/schedules[?]"), async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await visit.GoAsync("/t/acme/schedules");
        var sign = visit.Page.GetByRole(AriaRole.Main).Locator("[aria-label=Loading]");
        await Expect(sign).ToHaveCountAsync(1);
        const string look = """
            (sign, at) => {
              const [appear] = sign.getAnimations();
              appear.pause();
              appear.currentTime = at;
              return getComputedStyle(sign).visibility;
            }
            """;
        Assert.Equal("hidden", await sign.EvaluateAsync<string>(look, 199));
        Assert.Equal("visible", await sign.EvaluateAsync<string>(look, 201));
        answer.SetResult();
        await Expect(sign).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Tokens_PublishersAndNodes_WithScriptInTheirNames_ShowTheTexts()
    {
        await FillAsync();
        using var made = await Server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = Script, role = "publisher" });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        var manifest = new JsonObject
        {
            ["name"] = "com.acme.odd", ["publisher"] = Script, ["version"] = "1.0.0", ["runtime"] = "wasm-js@1", ["capabilities"] = new JsonArray(),
            ["api"] = new JsonObject
            {
                ["endpoints"] = new JsonArray(new JsonObject { ["method"] = "POST", ["path"] = "/api/sync", ["handler"] = "sync" }),
            },
        };
        using var content = new ByteArrayContent(TestBundle.Of(manifest.ToJsonString())) { Headers = { { "Content-Type", "application/zstd" } } };
        using var published = await Server.Client.PostAsync("/api/v1/extensions", content);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());

        var visit = await SignedInAsync("/t/~all/access");
        // A node is named as its machine is.
        await visit.Page.RouteAsync("**/api/v1/nodes", async route =>
        {
            var answer = await route.FetchAsync();
            var named = JsonValue.Create(Script)!.ToJsonString();
            var body = (await answer.TextAsync()).Replace($"\"{Environment.MachineName}\"", named, StringComparison.Ordinal)
                .Replace("\"state\":\"up\"", """
                    "state":"draining","drainingSince":"2026-11-29T10:00:00.000Z"
                    """, StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = body });
        });
        foreach (var address in (string[])["access", "nodes", "extensions", "extensions/com.acme.odd", "now"])
        {
            await visit.GoAsync($"/t/~all/{address}");
            await Expect(visit.Page.GetByRole(AriaRole.Main).GetByText(Script).First).ToBeVisibleAsync();
        }

        // One that is to stop is there until what it runs has ended.
        var nodes = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Nodes" });
        await Expect(nodes.GetByText("draining")).ToBeVisibleAsync();
        await visit.GoAsync("/t/~all/nodes");
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText("draining")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Button, new() { NameRegex = new("^All about ") }).ClickAsync();
        var drained = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(drained.GetByText("Draining since")).ToBeVisibleAsync();
        await Expect(drained.GetByText("It is to stop: it starts nothing")).ToBeVisibleAsync();
    }

    /// <summary>Before its machine is stopped a node is drained, which is said of it everywhere, and taken back.</summary>
    [Fact]
    public async Task Node_DrainedAndLetTakeWorkAgain_SaysByWhomAndWhatThatKeepsFromFiring()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/~all/nodes");
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        var said = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });
        var all = grid.GetByRole(AriaRole.Button, new() { NameRegex = new("^All about ") });
        async Task AskAsync()
        {
            await all.ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Drain…" }).ClickAsync();
            await Expect(dialog.GetByText("nothing will fire until one does")).ToBeVisibleAsync();
        }

        async Task DrainAsync()
        {
            await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Why" }).FillAsync("new disk");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Drain", Exact = true }).ClickAsync();
            await Expect(grid.GetByText("draining")).ToBeVisibleAsync();
        }

        await AskAsync();
        await visit.AccessibleAsync();
        await DrainAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("takes nothing new$") })).ToBeVisibleAsync();
        await said.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Expect(said.GetByText("Taken back.")).ToBeVisibleAsync();
        await Expect(grid.GetByText("up", new() { Exact = true })).ToBeVisibleAsync();

        await visit.Page.SetViewportSizeAsync(390, 844);
        await AskAsync();
        await DrainAsync();
        var due = await ComeDueAsync(hoursAgo: 1);
        await visit.GoAsync($"{SchedulePage}/why?at={due:yyyy-MM-ddTHH:mm:ssZ}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Look at the nodes" }).ClickAsync();
        await all.ClickAsync();
        await Expect(dialog.GetByText("new disk")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("It was drained: it starts nothing")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take work again" }).ClickAsync();
        await Expect(said.GetByText("takes work again.")).ToBeVisibleAsync();
        await Expect(grid.GetByText("up", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Why_OfAnOverlap_HasOneWaitFromThenOn()
    {
        await FillAsync();
        await RunAsync();
        var visit = await SignedInAsync("/t/acme/now");
        // It needs a run that goes on for as long as the schedule takes to come due.
        await visit.Page.RouteAsync(new Regex("/api/v1/.*/schedules/.*/why"), async route =>
        {
            var answer = await route.FetchAsync();
            var why = (JsonObject)JsonNode.Parse(await answer.TextAsync())!;
            why["actions"] = new JsonArray("let-one-wait");
            await route.FulfillAsync(new() { Response = answer, Body = why.ToJsonString() });
        });
        await visit.GoAsync(SchedulePage + "/why");
        await FinishAsync(await OpenDialogAsync(visit, "Let one wait…"), "Save");
        await Expect(visit.Page.GetByText("The policy was changed.")).ToBeVisibleAsync();
        Assert.Equal("queue-one", (string?)(await GetScheduleAsync())["policy"]!["overlap"]);
    }
}
