using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Installs;
using Escapement.Server.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>An extension's way from a bundle into a tenant, to another version and back.</summary>
public abstract partial class PublishFlowFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Bundle_Broken_HasEveryProblemListedAndTheNextOneIsPublished()
    {
        var visit = await SignedInAsync("/t/acme/extensions");
        visit.Expect(422, "/api/v1/extensions");
        await PickAsync(visit, $$"""
            {"name":"Acme","publisher":{{JsonValue.Create(Script).ToJsonString()}},"version":"one","runtime":"wasm-js@1","capabilities":["cap:odd"]}
            """);
        var bundles = visit.Page.GetByRole(AriaRole.List, new() { Name = "Bundles that are published" });
        await Expect(bundles.GetByText(Wrong())).ToBeVisibleAsync();
        await Expect(bundles.GetByText("version", new() { Exact = true }).First).ToBeVisibleAsync();
        Assert.Empty((await Server.GetAsync("/api/v1/extensions"))["items"]!.AsArray());

        await PickAsync(visit, """
            {"name":"com.acme.shop","publisher":"acme","version":"1.0.0","runtime":"wasm-js@1","capabilities":[],
             "api":{"endpoints":[{"method":"POST","path":"/api/sync","handler":"sync"}]}}
            """);
        await Expect(bundles.GetByText("is published")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText("com.acme.shop")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Bundle_DroppedAsAFile_IsPublishedAndAFolderBesideItSaysThatItIsNone()
    {
        var folder = TestFolders.New();
        var file = Path.Combine(folder, "bundle.tar.zst");
        await File.WriteAllBytesAsync(file, TestBundle.Of("""
            {"name":"com.acme.shop","publisher":"acme","version":"1.0.0","runtime":"wasm-js@1","capabilities":[],
             "api":{"endpoints":[{"method":"POST","path":"/api/sync","handler":"sync"}]}}
            """));
        var visit = await SignedInAsync("/t/acme/extensions");
        var at = (await visit.Page.GetByText("Drop a bundle here").BoundingBoxAsync())!;

        // As the system has it: what a page makes up itself holds no file that it may read.
        var browser = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        foreach (var type in (string[])["dragEnter", "dragOver", "drop"])
        {
            await browser.SendAsync("Input.dispatchDragEvent", new Dictionary<string, object>
            {
                ["type"] = type,
                ["x"] = at.X + 5,
                ["y"] = at.Y + 5,
                ["data"] = new { items = Array.Empty<object>(), files = new[] { file, folder }, dragOperationsMask = 1 },
            });
        }

        var bundles = visit.Page.GetByRole(AriaRole.List, new() { Name = "Bundles that are published" });
        await Expect(bundles.GetByText("is published")).ToBeVisibleAsync();
        await Expect(bundles.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Path.GetFileName(folder) })).ToContainTextAsync("is a folder");
        Assert.Equal("com.acme.shop", (string?)Assert.Single((await Server.GetAsync("/api/v1/extensions"))["items"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task Install_WithConsent_IsUpgradedWithConsentAndTakenBack()
    {
        await Server.PublishAsync("1.0.0", ["POST /api/sync"], "cap:log.emit", "cap:http.fetch");
        var visit = await SignedInAsync($"/t/acme/extensions/{RunningServer.Extension}");
        var dialog = await OpenDialogAsync(visit, "Install in acme…");
        await Expect(dialog.GetByRole(AriaRole.Checkbox, new() { Name = "cap:log.emit" })).ToBeCheckedAsync();
        await Expect(dialog.GetByRole(AriaRole.Checkbox, new() { Name = "cap:http.fetch" })).Not.ToBeCheckedAsync();
        await FinishAsync(dialog, "Install, granting 1");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "1.0.0" })).ToBeVisibleAsync();
        var at = $"/api/v1/tenants/acme/installs/{visit.Address.Split('/')[^1]}";
        Assert.Equal(("cap:log.emit", "1.0.0"), await GrantedAsync(at));
        await UseAsync("logging.info");
        await visit.Page.ReloadAsync();
        var may = visit.Page.GetByRole(AriaRole.Region, new() { Name = "What it may do" });
        await Expect(may.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "cap:log.emit" })).ToContainTextAsync("last used");
        await PatchAsync(at, new { capabilities = new[] { "cap:log.emit", "cap:http.fetch" } });
        await visit.Page.ReloadAsync();
        await Expect(may.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "cap:http.fetch" })).ToContainTextAsync("never used");
        await PatchAsync(at, new { capabilities = new[] { "cap:log.emit" } });
        await visit.Page.ReloadAsync();
        await Server.CreateAsync(at, Script);
        await Server.PublishAsync("2.0.0", ["POST /api/sync"], "cap:log.emit", "cap:storage.kv");
        await visit.Page.ReloadAsync();

        dialog = await OpenDialogAsync(visit, "Upgrade to 2.0.0…");
        await Expect(dialog.GetByText("From 1.0.0 to 2.0.0.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText(Script)).ToBeVisibleAsync();
        await FinishAsync(dialog, "Cancel");
        Assert.Equal(("cap:log.emit", "1.0.0"), await GrantedAsync(at));

        dialog = await OpenDialogAsync(visit, "Upgrade to 2.0.0…");
        var asked = dialog.GetByRole(AriaRole.Checkbox, new() { Name = "cap:storage.kv" });
        await Expect(asked).Not.ToBeCheckedAsync();
        await visit.LoadedAsync();
        await asked.ClickAsync(new() { Force = true });
        await FinishAsync(dialog, "Change to 2.0.0");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "2.0.0" })).ToBeVisibleAsync();
        Assert.Equal(("cap:log.emit cap:storage.kv", "2.0.0"), await GrantedAsync(at));

        // Among the versions too it has its own name; where it is the only other one, nothing is offered as an upgrade.
        await visit.LoadedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upgrade…", Exact = true })).ToHaveCountAsync(0);
        await Server.PublishAsync("3.0.0", ["POST /api/sync"], "cap:log.emit");
        await visit.Page.ReloadAsync();
        dialog = await OpenDialogAsync(visit, "Upgrade to 3.0.0…");
        await ChooseAsync(visit, dialog, "To version", "Roll back to 1.0.0");
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = $"Roll {RunningServer.Extension} back to 1.0.0" })).ToBeVisibleAsync();
        await FinishAsync(dialog, "Cancel");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "More to do" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Roll back to 1.0.0…" }).ClickAsync();
        await FinishAsync(visit.Page.GetByRole(AriaRole.Dialog), "Roll back to 1.0.0");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "1.0.0" })).ToBeVisibleAsync();
        Assert.Equal("1.0.0", (await GrantedAsync(at)).Version);

        var said = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" });
        await said.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).Last.ClickAsync();
        await Expect(said.GetByText("Taken back.")).ToBeVisibleAsync();
        Assert.Equal(("cap:log.emit cap:storage.kv", "2.0.0"), await GrantedAsync(at));

        await visit.GoAsync("/t/~all/extensions");
        await Expect(visit.Page.GetByRole(AriaRole.Grid).GetByText("1 on 2.0.0")).ToBeVisibleAsync();
        await visit.GoAsync($"/t/~all/extensions/{RunningServer.Extension}?version=3.0.0");
        await Expect(visit.Page.GetByText("0 of 1 tenant has 3.0.0")).ToBeVisibleAsync();
    }

    private async Task UseAsync(string operation)
    {
        var installs = Server.Services.GetRequiredService<InstalledExtensions>();
        var uses = Server.Services.GetRequiredService<CapabilityUses>();
        uses.Note((await installs.FindAsync(TenantId.Parse("acme"), RunningServer.Extension))!, [operation]);
        await uses.StopAsync(CancellationToken.None);
    }

    [GeneratedRegex("^\\d+ things are wrong with it. Nothing was published.$")]
    private static partial Regex Wrong();

    private static Task PickAsync(Visit visit, string manifest) => visit.Page.Locator("input[type=file]").SetInputFilesAsync(
        new FilePayload { Name = "bundle.tar.zst", MimeType = "application/zstd", Buffer = TestBundle.Of(manifest) });

    private async Task<(string Granted, string Version)> GrantedAsync(string install)
    {
        var now = await Server.GetAsync(install);
        return (string.Join(' ', now["capabilities"]!.AsArray()), (string)now["version"]!);
    }
}

public sealed class PublishFlowsAtTheRootTests(Chromium chromium) : PublishFlowFacts(chromium, "/");

public sealed class PublishFlowsBelowAPathTests(Chromium chromium) : PublishFlowFacts(chromium, "/a/b");
