using System.Net;
using System.Net.Http.Json;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>Acts that end something: what is said of them before they are done, and the way back that is offered afterwards.</summary>
public abstract class TakingBackFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Schedule_DisabledAndDeleted_SaysWhatWillNotRunAndIsTakenBack()
    {
        await FillAsync();
        await BeDailyInThisHourAsync();
        var visit = await SignedInAsync(SchedulePage);

        var dialog = await ChooseToDoAsync(visit, "Disable…");
        await Expect(dialog.GetByText("Of the next seven days 7 runs will not happen.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("The next was to be:")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await FinishAsync(dialog, "Disable");
        Assert.False((bool)(await GetScheduleAsync())["enabled"]!);
        await TakeBackAsync(visit);
        Assert.True((bool)(await GetScheduleAsync())["enabled"]!);

        // Told of it while the page is still there, it asks once more.
        visit.Expect(404, Schedule);
        dialog = await ChooseToDoAsync(visit, "Delete…");
        await Expect(dialog.GetByText("Of the next seven days 7 runs will not happen.")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Delete");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "No schedules yet" })).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Schedule));
        await TakeBackAsync(visit);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Schedule));
    }

    [Fact]
    public async Task Schedule_Enabled_IsTakenBack()
    {
        await FillAsync();
        await PatchAsync(Schedule, new { enabled = false });
        var visit = await SignedInAsync(SchedulePage);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "More to do" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Enable", Exact = true }).ClickAsync();
        await Expect(Said(visit).GetByText("is enabled. It goes on with the next occurrence.")).ToBeVisibleAsync();
        Assert.True((bool)(await GetScheduleAsync())["enabled"]!);
        await TakeBackAsync(visit);
        Assert.False((bool)(await GetScheduleAsync())["enabled"]!);
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("install")]
    [InlineData("tenant")]
    public async Task Pause_Resumed_ComesBackWithItsNote(string layer)
    {
        await FillAsync();
        var (paused, page, button) = layer switch
        {
            "schedule" => (Schedule, SchedulePage, "Resume…"),
            "install" => (Install, InstallPage, "Resume…"),
            _ => ("/api/v1/tenants/acme", "/t/acme/now", "Resume the tenant…"),
        };
        using var begun = await Server.Client.PostAsJsonAsync($"{paused}/pause", new { note = Script });
        Assert.True(begun.IsSuccessStatusCode, await begun.Content.ReadAsStringAsync());
        var visit = await SignedInAsync(page);
        var resume = visit.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First;
        await resume.ClickAsync();
        await FinishAsync(visit.Page.GetByRole(AriaRole.Dialog), "Resume");
        Assert.Empty((await GetScheduleAsync())["pauses"]?.AsArray() ?? []);

        await TakeBackAsync(visit);
        var back = Assert.Single((await GetScheduleAsync())["pauses"]!.AsArray())!;
        Assert.Equal((layer, Script), ((string?)back["layer"], (string?)back["note"]));
        await Expect(resume).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Skip_TakenBack_IsSkippedAgainWithItsNote()
    {
        await FillAsync();
        using var skipped = await Server.Client.PostAsJsonAsync(
            $"{Schedule}/skips", new { at = (string?)(await GetScheduleAsync())["nextDueAt"], note = Script });
        Assert.True(skipped.IsSuccessStatusCode, await skipped.Content.ReadAsStringAsync());
        var visit = await SignedInAsync(SchedulePage);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Take back", Exact = true }).ClickAsync();
        await Expect(Said(visit).GetByText("runs as planned")).ToBeVisibleAsync();
        Assert.Empty((await GetScheduleAsync())["skips"]?.AsArray() ?? []);

        await TakeBackAsync(visit);
        Assert.Equal(Script, (string?)Assert.Single((await GetScheduleAsync())["skips"]!.AsArray())!["note"]);
    }

    [Fact]
    public async Task Install_DisabledAndUninstalled_SaysWhatWillNotRunAndIsTakenBackButNotOnceItIsRemovedForGood()
    {
        await FillAsync();
        await BeDailyInThisHourAsync();
        var visit = await SignedInAsync(InstallPage);

        var dialog = await ChooseToDoAsync(visit, "Disable…");
        await Expect(dialog.GetByText("Of the next seven days 7 runs will not happen.")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Disable it");
        await TakeBackAsync(visit);
        Assert.True((bool)(await Server.GetAsync(Install))["enabled"]!);

        // As a colleague does it: the page is told of no install's changes.
        await SwitchAsync("disable");
        await visit.Page.ReloadAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Enable", Exact = true }).ClickAsync();
        await Expect(Said(visit).GetByText("is enabled")).ToBeVisibleAsync();
        Assert.True((bool)(await Server.GetAsync(Install))["enabled"]!);
        await TakeBackAsync(visit);
        Assert.False((bool)(await Server.GetAsync(Install))["enabled"]!);
        await SwitchAsync("enable");

        await PatchAsync(Schedule, new { enabled = false });

        // As a schedule's page does.
        visit.Expect(404, Install);
        dialog = await ChooseToDoAsync(visit, "Uninstall…");
        await Expect(dialog.GetByText("1 schedule goes with it.")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Uninstall it");
        await TakeBackAsync(visit);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Schedule));

        using var gone = await Server.Client.DeleteAsync(Install);
        Assert.True(gone.IsSuccessStatusCode);
        await visit.GoAsync("/t/acme/installs");
        dialog = await OpenDialogAsync(visit, "Remove for good…");
        await Expect(dialog.GetByText("1 schedule goes with it.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("This cannot be undone")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Remove it for good");
        await Expect(Said(visit).GetByText("was removed for good")).ToBeVisibleAsync();
        await Expect(Undo(visit)).ToHaveCountAsync(0);

        async Task SwitchAsync(string how)
        {
            using var switched = await Server.Client.PostAsync($"{Install}/{how}", content: null);
            Assert.True(switched.IsSuccessStatusCode, await switched.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Grant_TakenBack_SaysWhatIsRefusedThenAndIsGivenAgain()
    {
        await FillAsync();
        await PatchAsync(Install, new { capabilities = new[] { "cap:log.emit", "cap:scheduler.manage" } });
        var before = await GrantedAsync();
        var visit = await SignedInAsync(InstallPage);
        var dialog = await OpenDialogAsync(visit, "Change…");
        var granted = dialog.GetByRole(AriaRole.Checkbox, new() { Name = "cap:scheduler.manage" });
        await Expect(granted).ToBeCheckedAsync();
        await visit.LoadedAsync();
        await granted.ClickAsync(new() { Force = true });
        await Expect(dialog.GetByText("Taken back: cap:scheduler.manage.")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Grant 1");
        Assert.Equal("cap:log.emit", await GrantedAsync());
        await TakeBackAsync(visit);
        Assert.Equal(before, await GrantedAsync());
    }

    [Fact]
    public async Task Version_ThatAnInstallHas_IsNotOfferedToBeWithdrawnUntilNobodyHasIt()
    {
        await FillAsync();
        var visit = await SignedInAsync($"/t/acme/extensions/{RunningServer.Extension}");
        var dialog = await OpenDialogAsync(visit, "Withdraw…");
        await Expect(dialog.GetByText("those of acme")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Withdraw it" })).ToHaveCountAsync(0);
        await FinishAsync(dialog, "Cancel");

        using var gone = await Server.Client.DeleteAsync(Install);
        Assert.True(gone.IsSuccessStatusCode);
        dialog = await OpenDialogAsync(visit, "Withdraw…");
        await Expect(dialog.GetByText("No tenant has it.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("This cannot be undone")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Withdraw it");
        await Expect(Said(visit).GetByText("was withdrawn")).ToBeVisibleAsync();
        await Expect(Undo(visit)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Backfill_Ended_SaysWhatIsLeftAndGoesOnWithThatWhenTakenBack()
    {
        await FillAsync();
        await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();
        var (left, total) = await BeginBackfillAsync(Schedule + "/backfill");
        var visit = await SignedInAsync(SchedulePage);

        var dialog = await OpenDialogAsync(visit, "End it…");
        await Expect(dialog.GetByText($"{left} of its {total} occurrences are left and will not run.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("The first of them would be that of")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await FinishAsync(dialog, "End it");
        await Expect(Said(visit).GetByText("was ended.")).ToBeVisibleAsync();
        Assert.Null((await Server.GetAsync(Schedule + "/backfill"))["backfill"]);

        await TakeBackAsync(visit);
        var back = (await GetScheduleAsync())["backfill"];
        Assert.Equal((left, Script), ((int)back!["total"]!, (string?)back["note"]));
        await Expect(visit.Page.GetByText($"of {left} done")).ToBeVisibleAsync();

        async Task<(int Left, int Total)> BeginBackfillAsync(string backfill)
        {
            _ = HangRuns();
            var from = Now.AddHours(-4);
            using var shown = await Server.Client.PostAsJsonAsync(backfill + "/preview", new { from, which = "missing" });
            var preview = await RunningServer.ReadAsync(shown);
            var begin = new { previewToken = (string)preview["preview"]!["token"]!, note = Script };
            using var begun = await Server.Client.PostAsJsonAsync(backfill, begin);
            Assert.True(begun.IsSuccessStatusCode, await begun.Content.ReadAsStringAsync());
            using var held = await Server.Client.PostAsync(backfill + "/pause", content: null);
            var waits = await RunningServer.ReadAsync(held);
            return ((int)waits["left"]!, (int)waits["total"]!);
        }
    }

    [Fact]
    public async Task Backfill_Begun_OffersToStopTheRestAndSaysWhatHadBegun()
    {
        await FillAsync();
        await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();
        var begun = HangRuns();
        var visit = await SignedInAsync(SchedulePage);

        var dialog = await ChooseToDoAsync(visit, "Backfill…");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run [0-9]+ occurrences$") }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await begun;
        var backfill = (await Server.GetAsync(Schedule + "/backfill"))["backfill"]!;
        var (left, total) = ((int)backfill["left"]!, (int)backfill["total"]!);
        Assert.InRange(left, 1, total);
        await Said(visit).GetByRole(AriaRole.Button, new() { Name = "Stop the rest", Exact = true }).ClickAsync();

        await Expect(Said(visit).GetByText($"{total - left} of its {total} occurrences had begun; {left} were stopped.")).ToBeVisibleAsync();
        Assert.Null((await Server.GetAsync(Schedule + "/backfill"))["backfill"]);
    }

    [Fact]
    public async Task Backfill_OfAllTenants_SaysWhoseItIsAndOffersNoStopOnceAllHaveBegun()
    {
        await FillAsync();
        await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();
        var visit = await SignedInAsync("/t/~all/now");
        var needs = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs you" });
        await needs.GetByRole(AriaRole.Button, new() { Name = "Backfill…", Exact = true }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Backfill late of acme" });
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run [0-9]+ occurrences?$") }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();

        await Expect(Said(visit).GetByText("The backfill of late")).ToBeVisibleAsync();
        await Expect(Said(visit).GetByText("has begun all of its")).ToBeVisibleAsync();
        await Expect(Said(visit).GetByRole(AriaRole.Button, new() { Name = "Stop the rest" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("install")]
    public async Task Removed_AtItsOwnAddress_SaysByWhomAndIsRestored(string what)
    {
        await FillAsync();
        var at = what == "schedule" ? Schedule : Install;
        using var gone = await Server.Client.DeleteAsync(at);
        Assert.True(gone.IsSuccessStatusCode);
        var visit = await SignedInAsync("/t/acme/now");
        visit.Expect(404, Install);
        await visit.GoAsync(AddressOf(what, ""));
        await Expect(visit.Page.GetByText("was removed by first-token")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause…", Exact = true })).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(at));
    }

    /// <summary>From now on no run ends by itself, so that the picture of it does not change while it is looked at; answers when the first began.</summary>
    private Task HangRuns()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Sandbox.Answer = async (_, stop) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException("Nothing waits that long.");
        };
        return begun.Task;
    }

    private string InstallPage => $"/t/acme/installs/{Install.Split('/')[^1]}";

    private static ILocator Said(Visit visit) => visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });

    private static ILocator Undo(Visit visit) => Said(visit).GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true });

    private static async Task TakeBackAsync(Visit visit)
    {
        await Undo(visit).ClickAsync();
        await Expect(Said(visit).GetByText("Taken back.")).ToBeVisibleAsync();
    }

    private static async Task<ILocator> ChooseToDoAsync(Visit visit, string what)
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "More to do" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = what }).ClickAsync();
        return visit.Page.GetByRole(AriaRole.Dialog);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await Server.Client.GetAsync(path);
        return answer.StatusCode;
    }

    /// <summary>The hour in which the seven days begin and end is counted by the minute.</summary>
    private Task BeDailyInThisHourAsync() => PatchAsync(Schedule, new { cron = $"0 {Now.Hour} * * *" });

    private async Task<string> GrantedAsync() => string.Join(' ', (await Server.GetAsync(Install))["capabilities"]!.AsArray());
}

public sealed class TakingBackAtTheRootTests(Chromium chromium) : TakingBackFacts(chromium, "/");

public sealed class TakingBackBelowAPathTests(Chromium chromium) : TakingBackFacts(chromium, "/a/b");
