using Escapement.AspNetCore;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What all tests in a browser have: a server below a path, and visits to its console.</summary>
public abstract class ConsoleFacts(Chromium chromium, string path) : IAsyncLifetime
{
    private readonly List<Visit> visits = [];

    private protected RunningServer Server { get; private set; } = null!;

    private protected string Root => path.TrimEnd('/');

    /// <summary>What the host's clock shows.</summary>
    private protected DateTimeOffset Now => Server.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>
    /// When the schedules that the server makes come due first, and then every day: half a day away, so that nobody looks on, and at a minute that no test
    /// types, so that a change to a full hour is one at every hour of the day.
    /// </summary>
    private protected DateTimeOffset Due { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Server = await StartAsync();
        Due = new DateTimeOffset(Now.UtcDateTime.Date.AddHours(Now.Hour + 12).AddMinutes(41), TimeSpan.Zero);
        Server.Cron = $"{Due.Minute} {Due.Hour} * * *";
    }

    public async ValueTask DisposeAsync()
    {
        var complaints = new List<Exception>();
        foreach (var visit in visits)
        {
            try
            {
                await visit.DisposeAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                complaints.Add(e);
            }
        }

        await Server.DisposeAsync();
        await EndAsync();
        GC.SuppressFinalize(this);
        if (complaints.Count > 0)
        {
            throw new AggregateException(complaints);
        }
    }

    private protected virtual void Configure(EscapementOptions options)
    {
    }

    private protected virtual ValueTask EndAsync() => ValueTask.CompletedTask;

    private protected virtual async Task<RunningServer> StartAsync() => await RunningServer.StartAsync(Configure, services: AddPath);

    private protected async Task<Visit> OpenAsync(bool dark = false, bool narrow = false)
    {
        var visit = await Visit.OpenAsync(chromium.Browser, new Uri(Server.Address, Root + "/"), dark, narrow);
        visits.Add(visit);
        return visit;
    }

    /// <summary>A visit by the operator of the first token, at an address, whose page has everything.</summary>
    private protected async Task<Visit> SignedInAsync(string address = "/")
    {
        var visit = await OpenAsync();
        await BeginSessionAsync(visit);
        await visit.GoAsync(address);
        await Expect(Account(visit)).ToBeVisibleAsync();
        await visit.LoadedAsync();
        return visit;
    }

    /// <summary>The same on a phone, where the menu, and with it whose session it is, is folded away.</summary>
    private protected async Task<Visit> HeldAsync(string address)
    {
        var visit = await OpenAsync(narrow: true);
        await BeginSessionAsync(visit);
        await visit.GoAsync(address);
        await visit.LoadedAsync();
        return visit;
    }

    /// <summary>Gives a visit the session of the operator of the first token.</summary>
    private protected async Task BeginSessionAsync(Visit visit)
    {
        var session = new Uri(visit.Origin, "api/v1/session").ToString();
        var begun = await visit.Page.Context.APIRequest.PostAsync(session, new APIRequestContextOptions
        {
            DataObject = new { token = Server.Token },
            Headers = [new("x-escapement-console", "1"), new("Origin", visit.Origin.GetLeftPart(UriPartial.Authority))],
        });
        Assert.Equal(201, begun.Status);
    }

    /// <summary>Ends the session of a visit, as signing out elsewhere does: its pages are not told.</summary>
    private protected static async Task EndSessionAsync(Visit visit)
    {
        var session = new Uri(visit.Origin, "api/v1/session").ToString();
        var ended = await visit.Page.Context.APIRequest.DeleteAsync(session, new APIRequestContextOptions
        {
            Headers = [new("x-escapement-console", "1"), new("Origin", visit.Origin.GetLeftPart(UriPartial.Authority))],
        });
        Assert.Equal(204, ended.Status);
    }

    private protected static ILocator TokenField(Visit visit) => visit.Page.GetByLabel("Token", new() { Exact = true });

    private protected static ILocator Account(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" });

    private protected static async Task SignInAsync(Visit visit, string token)
    {
        await TokenField(visit).FillAsync(token);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private void AddPath(IServiceCollection services)
    {
        if (Root.Length > 0)
        {
            BelowPath.AddTo(services, Root);
        }
    }
}
