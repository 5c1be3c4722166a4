using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>Sessions that end in the middle of work, and what is done with tokens and the audit.</summary>
public abstract class SessionFlowFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Session_ThatEndsWhileSomebodyTypes_IsBegunAgainOverThePageWhichGoesOn()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        visit.Expect(401, "/api/v1/");
        var dialog = await OpenDialogAsync(visit, "Edit…");
        var when = dialog.GetByLabel("When", new() { Exact = true });
        await when.FillAsync("0 7 * * *");
        var save = dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });
        await Expect(save).ToBeEnabledAsync();
        await EndSessionAsync(visit);
        await save.ClickAsync();

        var signIn = visit.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "Sign in" });
        await Expect(signIn.GetByText("with what you typed")).ToBeVisibleAsync();
        await Expect(TokenField(visit)).ToBeFocusedAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.getElementById('form-dialog').closest('[inert]') !== null"));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.getElementById('content').closest('[inert]') !== null"));
        await visit.AccessibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("Control+k");
        await SignInAsync(visit, "esc_" + new string('A', 43));
        await Expect(visit.Page.GetByText("lets nobody in")).ToBeVisibleAsync();

        await SignInAsync(visit, Server.Token!);
        await Expect(signIn).ToBeHiddenAsync();
        await Expect(when).ToHaveValueAsync("0 7 * * *");
        await FinishAsync(dialog, "Save");
        Assert.Equal("0 7 * * *", (string?)(await GetScheduleAsync())["cron"]);
        Assert.StartsWith("<img", await visit.Page.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_BegunInAnotherTab_GoesOnInThisOneForTheSameAccountAlone()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        visit.Expect(401, "/api/v1/");
        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync("database move");
        await EndSessionAsync(visit);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(TokenField(visit)).ToBeVisibleAsync();

        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync(visit.Page.Url);
        await SignInAsync(other, Server.Token!);
        await Expect(TokenField(visit)).ToBeHiddenAsync();
        await Expect(dialog.GetByLabel("Why")).ToHaveValueAsync("database move");

        await EndSessionAsync(visit);
        await other.ReloadAsync();
        await SignInAsync(visit, (string)(await MakeTokenAsync("viewer"))["secret"]!);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as viewer, viewer" })).ToBeVisibleAsync();
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Empty((await GetScheduleAsync())["pauses"]?.AsArray() ?? []);
    }

    [Fact]
    public async Task Token_ThatOneSignedInWith_IsRevokedAndSignsOneOut()
    {
        var token = await MakeTokenAsync("operator");
        var visit = await OpenAsync();
        visit.Expect(401, "/api/v1/");
        await visit.GoAsync("/t/~all/access");
        await SignInAsync(visit, (string)token["secret"]!);
        await visit.Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Button, new() { Name = "operator", Exact = true }).ClickAsync();
        var dialog = await OpenDialogAsync(visit, "Revoke…");
        await Expect(dialog.GetByText("You are signed in with this token: you are signed out too.")).ToBeVisibleAsync();
        await FinishAsync(dialog, "Revoke it");

        await Expect(visit.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await SignInAsync(visit, (string)token["secret"]!);
        await Expect(visit.Page.GetByText("This token lets nobody in")).ToBeVisibleAsync();
    }

    /// <summary>A console that was left open kept its session in use by all that it asked when something happened.</summary>
    [Fact]
    public async Task Page_ThatNobodyTouches_SaysSoOfWhatItAsks()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        await visit.Page.Clock.InstallAsync();
        await visit.Page.ReloadAsync();
        await visit.LoadedAsync();

        Assert.Null(await SaidAsync(visit, enabled: false));
        await visit.Page.Clock.FastForwardAsync("06:00");
        Assert.Equal("1", await SaidAsync(visit, enabled: true));
        await visit.Page.Mouse.MoveAsync(40, 40);
        Assert.Null(await SaidAsync(visit, enabled: false));
    }

    [Fact]
    public async Task Token_MadeByWhoseOwnEnds_EndsWithItAtTheLatest()
    {
        var admin = await MakeTokenAsync("admin", DateTimeOffset.UtcNow.AddDays(20).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var visit = await OpenAsync();
        await visit.GoAsync("/t/acme/access");
        await SignInAsync(visit, (string)admin["secret"]!);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "admin", Exact = true })).ToBeVisibleAsync();

        var dialog = await OpenDialogAsync(visit, "Make a token…");
        await dialog.GetByLabel("Name").FillAsync("heir");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("with your own token: .+ Ends") })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("The secret of heir")).ToBeVisibleAsync();
        var heir = (await Server.GetAsync("/api/v1/tokens"))["items"]!.AsArray().Single(t => (string?)t!["name"] == "heir")!;
        Assert.Equal((string?)admin["expiresAt"], (string?)heir["expiresAt"]);
    }

    [Theory]
    [InlineData("NDJSON, one entry a line", ".ndjson")]
    [InlineData("CSV, for spreadsheets", ".csv")]
    public async Task Audit_Exported_HasEveryEntry(string form, string extension)
    {
        await FillAsync();
        await PatchAsync(Schedule, new { enabled = false });
        var entries = (await Server.GetAsync("/api/v1/tenants/acme/audit"))["items"]!.AsArray();
        Assert.True(entries.Count >= 3);
        var visit = await SignedInAsync("/t/acme/audit");
        var dialog = await OpenDialogAsync(visit, "Export…");
        await ChooseAsync(visit, dialog, "As", form);
        var saved = await visit.Page.RunAndWaitForDownloadAsync(() => FinishAsync(dialog, "Export"));

        Assert.EndsWith(extension, saved.SuggestedFilename, StringComparison.Ordinal);
        var lines = (await File.ReadAllTextAsync(await saved.PathAsync())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (extension == ".csv")
        {
            Assert.Equal(entries.Count + 1, lines.Length);
            Assert.All(entries, e => Assert.Single(lines, l => l.Contains((string)e!["id"]!, StringComparison.Ordinal)));
        }
        else
        {
            Assert.Equal(entries.Select(e => (string?)e!["id"]), lines.Select(l => (string?)JsonNode.Parse(l)!["id"]));
        }
    }

    // What the page says of itself when it reads again what was changed, which it has done then.
    private async Task<string?> SaidAsync(Visit visit, bool enabled)
    {
        static bool IsRead(IRequest r) => r.Method == "GET"
            && r.Url.Contains("/api/v1/tenants/acme/", StringComparison.Ordinal) && !r.Url.EndsWith("/events", StringComparison.Ordinal);
        var asked = await visit.Page.RunAndWaitForRequestAsync(() => PatchAsync(Schedule, new { enabled }), IsRead);
        await visit.LoadedAsync();
        return await asked.HeaderValueAsync("x-escapement-unattended");
    }

    private static async Task SignInAsync(IPage page, string token)
    {
        await page.GetByLabel("Token", new() { Exact = true }).FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private async Task<JsonObject> MakeTokenAsync(string role, string expires = "never")
    {
        using var made = await Server.Client.PostAsJsonAsync(
            "/api/v1/tokens", new { name = role, role, tenants = role is "viewer" or "admin" ? new[] { "acme" } : null, expires });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return await RunningServer.ReadAsync(made);
    }
}

public sealed class SessionFlowsAtTheRootTests(Chromium chromium) : SessionFlowFacts(chromium, "/");

public sealed class SessionFlowsBelowAPathTests(Chromium chromium) : SessionFlowFacts(chromium, "/a/b");
