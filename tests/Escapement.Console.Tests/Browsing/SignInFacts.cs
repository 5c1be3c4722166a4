using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Escapement.Server.Tests.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

public abstract class SignInFacts(Chromium chromium, string path) : ConsoleFacts(chromium, path)
{
    private const string Session = "/api/v1/session";

    private TestProvider provider = null!;

    [Fact]
    public async Task SignIn_WithAToken_ShowsTheFirstPage()
    {
        var visit = await VisitSignInAsync("/");
        await SignInAsync(visit, Server.Token!);

        await Expect(Account(visit)).ToBeVisibleAsync();
        Assert.StartsWith("/t/", visit.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithAWrongToken_SaysSoAndLetsOneTryAgain()
    {
        var visit = await VisitSignInAsync("/");
        visit.Expect(401, Session);
        await SignInAsync(visit, "esc_" + new string('A', 43));
        await Expect(visit.Page.GetByText("lets nobody in")).ToBeVisibleAsync();

        await SignInAsync(visit, Server.Token!);
        await Expect(Account(visit)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignIn_FromADeepLink_LeadsThere()
    {
        var visit = await VisitSignInAsync("/t/acme/schedules?q=nightly");
        await SignInAsync(visit, Server.Token!);

        await Expect(Account(visit)).ToBeVisibleAsync();
        Assert.StartsWith("/t/acme/schedules?q=nightly", visit.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AtTheProvider_LeadsBackToWhereOneWas()
    {
        var visit = await VisitSignInAsync("/t/acme/schedules");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as anna, admin" })).ToBeVisibleAsync();
        Assert.StartsWith("/t/acme/schedules", visit.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AtTheProviderWithScriptInTheName_ShowsTheText()
    {
        const string name = "<img src=x onerror=alert(1)>\"'&{{7*7}}";
        provider.User = [("sub", name), ("admin_of", "acme")];
        var visit = await VisitSignInAsync("/t/acme/access");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        await Expect(Account(visit)).ToContainTextAsync(name);
        await Expect(visit.Page.GetByRole(AriaRole.Main).GetByText(name).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignIn_AtTheProviderOverAPage_IsDoneInAnotherTabAndThePageGoesOn()
    {
        var visit = await VisitSignInAsync("/t/acme/schedules");
        var link = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" });
        await link.ClickAsync();
        await Expect(Account(visit)).ToBeVisibleAsync();
        visit.Expect(401, "/api/v1/");
        await EndSessionAsync(visit);
        var search = visit.Page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync("nightly");
        await Expect(visit.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();

        await visit.Page.Context.RunAndWaitForPageAsync(() => link.ClickAsync());
        await Expect(TokenField(visit)).ToBeHiddenAsync();
        await Expect(search).ToHaveValueAsync("nightly");
    }

    [Fact]
    public async Task SignIn_ByALink_IsDoneOnceAndLeavesNothingInTheAddress()
    {
        var code = await MakeCodeAsync();
        var visit = await OpenAsync();
        await visit.GoAsync($"/#sign-in={code}");
        await Expect(visit.Page.GetByText("The link signed you in as")).ToBeVisibleAsync();
        await Expect(Account(visit)).ToBeVisibleAsync();
        Assert.DoesNotContain(code, visit.Page.Url, StringComparison.Ordinal);

        var other = await OpenAsync();
        other.Expect(401, Session);
        await other.GoAsync($"/#sign-in={code}");
        await Expect(other.Page.GetByText("used or has expired")).ToBeVisibleAsync();
        Assert.DoesNotContain(code, other.Page.Url, StringComparison.Ordinal);
        await SignInAsync(other, Server.Token!);
        await Expect(Account(other)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignIn_ByALinkWhereSomebodyWasSignedIn_AsksFirst()
    {
        var visit = await SignedInAsync("/t/acme/schedules");
        await Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToBeVisibleAsync();
        visit.Expect(401, "/api/v1/");
        await EndSessionAsync(visit);
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("nightly");
        await Expect(visit.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();

        var code = await MakeCodeAsync();
        await visit.Page.EvaluateAsync("code => location.hash = `sign-in=${code}`", code);
        await Expect(visit.Page.GetByText("signs you in as whoever made it")).ToBeVisibleAsync();
        Assert.DoesNotContain(code, visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on", Exact = true }).ClickAsync();
        await Expect(TokenField(visit)).ToBeHiddenAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("nightly");
    }

    [Fact]
    public async Task SignIn_ByALinkWhileSomebodyIsSignedIn_AsksThemWhetherToBecomeItsMaker()
    {
        var visit = await VisitSignInAsync("/t/acme/schedules");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        var anna = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as anna, admin" });
        await Expect(anna).ToBeVisibleAsync();

        // In a page that is open, and in one that is opened.
        var code = await MakeCodeAsync();
        await visit.Page.EvaluateAsync("code => location.hash = `sign-in=${code}`", code);
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("You are signed in as anna, admin.")).ToBeVisibleAsync();
        await visit.AccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stay as you are" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(anna).ToBeVisibleAsync();

        await visit.GoAsync("about:blank");
        await visit.GoAsync($"/t/acme/schedules#sign-in={code}");
        await Expect(dialog.GetByText("signs you in as whoever made it")).ToBeVisibleAsync();
        Assert.DoesNotContain(code, visit.Page.Url, StringComparison.Ordinal);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Go on", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(Account(visit)).ToHaveAccessibleNameAsync(new Regex("operator"));
    }

    [Fact]
    public async Task SignOut_EndsTheSessionHereAndAfterAReload()
    {
        var visit = await SignedInAsync();
        await Account(visit).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(TokenField(visit)).ToBeVisibleAsync();

        await visit.Page.ReloadAsync();
        await Expect(TokenField(visit)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task SignInPage_LightDarkAndNarrow_IsAccessible(bool dark, bool narrow)
    {
        var visit = await VisitSignInAsync("/", dark, narrow);
        await visit.AccessibleAsync();
    }

    private protected override void Configure(EscapementOptions options)
    {
        options.Roles = EscapementRoles.Api;
        options.Oidc = new OidcOptions
        {
            Authority = provider.Authority,
            Audience = "escapement",
            ClientId = "console",
            Mappings = [new OidcMapping { Claim = "admin_of", Value = "*", Role = EscapementRole.Admin, Tenants = ["{value}"] }],
        };
    }

    private protected override async Task<RunningServer> StartAsync()
    {
        provider = await TestProvider.StartAsync();
        provider.User = [("sub", "anna"), ("admin_of", "acme")];
        return await base.StartAsync();
    }

    private protected override ValueTask EndAsync() => provider.DisposeAsync();

    private async Task<Visit> VisitSignInAsync(string address, bool dark = false, bool narrow = false)
    {
        var visit = await OpenAsync(dark, narrow);
        await visit.GoAsync(address);
        await Expect(TokenField(visit)).ToBeVisibleAsync();
        return visit;
    }

    private async Task<string> MakeCodeAsync()
    {
        using var made = await Server.Client.PostAsync($"{Root}{Session}/code", content: null);
        return (string)(await RunningServer.ReadAsync(made))["code"]!;
    }
}

public sealed class SignInAtTheRootTests(Chromium chromium) : SignInFacts(chromium, "/");

public sealed class SignInBelowAPathTests(Chromium chromium) : SignInFacts(chromium, "/a/b");
