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
        var runs = await CountToComeAsync($"&scheduleId={Schedule.Split('/')[^1]}");
        var visit = await SignedInAsync(SchedulePage);

        var dialog = await ChooseToDoAsync(visit, "Disable…");
        await Expect(dialog.GetByText($"Of the next seven days {runs} runs will not happen.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("The next was to be:")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await FinishAsync(dialog, "Disable");
        Assert.False((bool)(await GetScheduleAsync())["enabled"]!);
        await TakeBackAsync(visit);
        Assert.True((bool)(await GetScheduleAsync())["enabled"]!);

        // Told of it while the page is still there, it asks once more.
        visit.Expect(404, Schedule);
        dialog = await ChooseToDoAsync(visit, "Delete…");
        await Expect(dialog.GetByText($"Of the next seven days {runs} runs will not happen.")).ToBeVisibleAsync();
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
        var runs = await CountToComeAsync();
        var visit = await SignedInAsync(InstallPage);

        var dialog = await ChooseToDoAsync(visit, "Disable…");
        await Expect(dialog.GetByText($"Of the next seven days {runs} runs will not happen.")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Disable it");
        await TakeBackAsync(visit);
        Assert.True((bool)(await Server.GetAsync(Install))["enabled"]!);

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

    private async Task<string> GrantedAsync() => string.Join(' ', (await Server.GetAsync(Install))["capabilities"]!.AsArray());

    private async Task<long> CountToComeAsync(string of = "")
    {
        var to = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddDays(7).ToString("O"));
        var forecast = await Server.GetAsync($"/api/v1/tenants/acme/forecast?by=hour&to={to}&installId={Install.Split('/')[^1]}{of}");
        var runs = forecast["buckets"]!.AsArray().Sum(b => (long)b!["occurrences"]!);
        Assert.True(runs > 1);
        return runs;
    }
}

public sealed class TakingBackAtTheRootTests(Chromium chromium) : TakingBackFacts(chromium, "/");

public sealed class TakingBackBelowAPathTests(Chromium chromium) : TakingBackFacts(chromium, "/a/b");
