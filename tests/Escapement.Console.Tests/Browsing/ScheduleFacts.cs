using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escapement.Audit;
using Escapement.Console.Tests.Hosting;
using Escapement.Scheduling;
using Escapement.Server.Tests;
using Escapement.Waking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What the tests share that look at a schedule, with script in every text of it.</summary>
public abstract class ScheduleFacts(Chromium chromium, string path) : ConsoleFacts(chromium, path)
{
    private protected const string Script = "<img src=x onerror=alert(1)>\"'&{{7*7}}<script>alert(2)</script>";

    private string id = "";

    private protected string Install { get; private set; } = "";

    private protected string Schedule => $"{Install}/schedules/{id}";

    private protected string SchedulePage => $"/t/acme/schedules/{Install.Split('/')[^1]}/{id}";

    /// <summary>Where a page lies that is named as its folder is, with a run for the page of one.</summary>
    private protected string AddressOf(string page, string run) => page switch
    {
        "schedule" => SchedulePage,
        "why" => SchedulePage + "/why",
        "run" => $"/t/acme/runs/{run}",
        "extension" => $"/t/acme/extensions/{RunningServer.Extension}",
        "install" => $"/t/acme/installs/{Install.Split('/')[^1]}",
        "nodes" or "access" => $"/t/~all/{page}",
        _ => $"/t/acme/{page}",
    };

    private protected async Task FillAsync()
    {
        Install = await Server.InstallAsync("acme");
        Look((string)(await Server.CreateAsync(Install, Script))["id"]!);
    }

    /// <summary>When a run was due.</summary>
    private protected async Task<DateTimeOffset> DueAtAsync(string run) => (DateTimeOffset)(await Server.GetAsync($"/api/v1/runs/{run}"))["dueAt"]!;

    /// <summary>From now on the schedule is another one of the install.</summary>
    private protected void Look(string at) => id = at;

    private protected Task<JsonObject> GetScheduleAsync() => Server.GetAsync(Schedule);

    /// <summary>As a colleague does it elsewhere.</summary>
    private protected async Task PatchAsync(string path, object change)
    {
        using var answer = await Server.Client.PatchAsJsonAsync(path, change);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Runs the schedule now; answers the run's id.</summary>
    private protected async Task<string> BeginRunAsync()
    {
        using var asked = await Server.Client.PostAsJsonAsync($"{Schedule}/run-now", new { note = Script });
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        return (string)(await RunningServer.ReadAsync(asked))["id"]!;
    }

    /// <summary>Runs the schedule now, and answers the run's id once it has ended.</summary>
    private protected async Task<string> RunAsync()
    {
        var run = await BeginRunAsync();
        await Server.RecordedAsync();
        return run;
    }

    /// <summary>
    /// Has the schedule come due every ten minutes since then, while nothing fired it; answers the first of them. The last was five minutes ago, so that there
    /// is none more while it is looked at; unless it is to be on the tens, which takes fewer words.
    /// </summary>
    private protected async Task<DateTimeOffset> ComeDueAsync(int hoursAgo, bool onTheTens = false)
    {
        var (last, step) = onTheTens ? (Now, 10) : (Now.AddMinutes(-5), 1);
        var due = new DateTimeOffset(last.Ticks - (last.Ticks % TimeSpan.FromMinutes(step).Ticks), TimeSpan.Zero).AddHours(-hoursAgo);
        var late = new Schedule
        {
            Id = new ScheduleId(Ids.Next(TimeProvider.System)),
            Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.Parse(Install.Split('/')[^1]))),
            Name = "late",
            Endpoint = new("POST", "/api/sync"),
            Cron = onTheTens ? "*/10 * * * *" : $"{due.Minute % 10}-59/10 * * * *",
            TimeZone = "UTC",
            Enabled = true,
            NextDueAt = due,
            CreatedAt = due.AddMinutes(-11),
            UpdatedAt = due.AddMinutes(-11),
        };
        var audit = AuditEntry.Of(TimeProvider.System, late.Scope, new Actor(ActorKind.Admin, "ops"), "schedule.create", late.Id.ToString());
        var limits = new ScheduleChangeLimits(late.CreatedAt, 50, new TokenBucket(1_000));
        await Server.Services.GetRequiredService<IScheduleStore>().CreateAsync(late, limits, audit);
        Server.Services.GetRequiredService<WakeSignal>().Announce(DateTimeOffset.MinValue);
        Look(late.Id.ToString());
        return due;
    }

    /// <summary>Opens a dialog by the button that does so.</summary>
    private protected static async Task<ILocator> OpenDialogAsync(Visit visit, string button)
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        return visit.Page.GetByRole(AriaRole.Dialog);
    }

    /// <summary>Presses a button of a dialog, which is done with it.</summary>
    private protected static async Task FinishAsync(ILocator dialog, string button)
    {
        await dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    private protected static async Task ChooseAsync(Visit visit, ILocator dialog, string label, string option)
    {
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($" {label}$") }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = option }).ClickAsync();
    }
}
