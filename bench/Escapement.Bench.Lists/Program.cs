using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Console;
using Escapement.Bench;
using Escapement.Bench.Lists;
using Escapement.Events;
using Escapement.PostgreSql;
using Escapement.Sandbox;
using Escapement.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// Fills a store, serves it in this process, and asks for each list so many times a second.
var options = ListOptions.Parse(args);
var folder = Directory.CreateTempSubdirectory("escapement-lists-").FullName;
var schema = string.Create(CultureInfo.InvariantCulture, $"lists_{Environment.ProcessId}");
var now = TimeProvider.System.GetUtcNow();
string? token = null;
if (options.Connection is { } connection)
{
    var settings = new PostgreSqlStoreOptions { ConnectionString = connection, Schema = schema };
    await (await PostgreSqlStore.OpenAsync(settings, TimeProvider.System)).DisposeAsync();
    await Filling.PostgreSqlAsync(connection, schema, options, now);
}
else
{
    await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System)).DisposeAsync();
    await Filling.SqliteAsync(Path.Combine(folder, "escapement.db"), options, now);
}

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton<ISandbox>(new NoopSandbox(slots: 2, hold: TimeSpan.Zero, TimeProvider.System));
builder.Services.AddEscapement(o =>
{
    o.DataFolder = folder;
    o.OwnsAllPaths = true;
    o.Roles = options.Pages ? EscapementRoles.Api | EscapementRoles.Firing : EscapementRoles.Api;
    o.OnFirstToken = secret => token = secret;
    if (options.Connection is { } where)
    {
        o.Store = StoreKind.PostgreSql;
        o.PostgreSql = new PostgreSqlStoreOptions { ConnectionString = where, Schema = schema };
    }
});
await using var app = builder.Build();
app.MapEscapement();
app.MapEscapementConsole();
await app.StartAsync();
var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
using var client = new HttpClient { BaseAddress = new Uri(address) };
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

string[] big = ["/api/v1/tenants/big/schedules", "/api/v1/schedules"];
string[] schedules =
[
    "sort=created", "sort=next", "sort=next&outcomes=20", "sort=name", "failing=true", "enabled=false&sort=name", "dueWithin=90&sort=name",
    "extension=com.acme.ext000007", "endpoint=POST%20/api/sync/7&sort=next", "q=export&sort=next", "q=001234", "q=in&sort=next", "q=zzz", "q=sync/17",
    "q=export&failing=true", "paused=true", "paused=schedule&sort=name", "paused=install&sort=next", "paused=false&sort=name",
];
string[] runs =
[
    "", "state=failed", "state=failed,missed&reason=time-out", "trigger=run-now", "state=succeeded&from=2020-01-01T00:00:00Z", "state=queued,running",
];
string[] audit =
[
    "", "actor=ops&action=schedule.update", "action=schedule.delete", "outcome=denied", "q=zzz", "q=target", "changed=true", "target=target-7",
    $"to={now.AddMinutes(-5):yyyy-MM-dd'T'HH:mm:ss}Z&actorKind=host",
];
string[] asked =
[
    .. big.SelectMany(path => schedules.Select(q => $"{path}?{q}")),
    .. runs.Select(q => $"/api/v1/tenants/big/runs?{q}"),
    .. audit.Select(q => $"/api/v1/tenants/big/audit?{q}"),
    "/api/v1/audit?allTenants=true", "/api/v1/audit?allTenants=true&q=zzz", "/api/v1/tenants?",
];
var preview = "";
var first = (await AskAsync("/api/v1/tenants/big/schedules?limit=1")).Page["items"]![0]!;
preview = $$"""{"cron":"30 2 * * *","timezone":"America/New_York","scheduleId":"{{first["id"]}}"}""";
asked = [.. asked, $"/api/v1/tenants/big/installs/{first["installId"]}/schedules/preview"];

// Of a schedule that ran a while ago, of one that failed, of one that is to come, and of a tenant.
var ran = (await AskAsync("/api/v1/tenants/big/runs?state=succeeded&limit=1")).Page["items"]![0]!;
var failed = (await AskAsync("/api/v1/tenants/big/runs?state=failed&limit=1")).Page["items"]![0]!;
asked =
[
    .. asked,
    $"{WhyOf(ran)}",
    $"{WhyOf(ran)}?at={ran["dueAt"]}",
    $"{WhyOf(failed)}?at={failed["dueAt"]}",
    $"{WhyOf(ran)}?at={now.AddDays(2):yyyy-MM-dd'T'HH:mm:ss}Z",
    $"/api/v1/tenants/big/why?from={now.AddDays(-1):yyyy-MM-dd'T'HH:mm:ss}Z",
];
var store = options.Connection is null ? "SQLite" : "PostgreSQL";
Console.WriteLine($"{store}: {options.Schedules} schedules, {options.Runs} runs, {options.Audit} audit entries; {options.Rate} a second");
if (options.Pages)
{
    await foreach (var line in Pages.MeasureAsync(new Uri(address), token!, PagesOf(ran, failed), PageOf(ran), () => RunAsync(ran)))
    {
        Console.WriteLine(line);
    }
}

foreach (var path in asked.Where(IsWanted))
{
    var times = await LoadAsync(path);
    var (p50, p95, p99) = (times[times.Length / 2], times[times.Length * 95 / 100], times[times.Length * 99 / 100]);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{p50,7:0.0} {p95,7:0.0} {p99,7:0.0} ms  {path}"));
}

foreach (var path in new[] { "/api/v1/tenants/big/forecast", "/api/v1/forecast" }.Where(IsWanted))
{
    var (median, most) = await ForecastAsync(path);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{median,7:0} {most,7:0} ms, median and most: {path} of seven days by hour"));
}

if (options is { Only: null, Pages: false })
{
    Console.WriteLine(await Streams.MeasureAsync(new Uri(address), token!, app.Services.GetRequiredService<EventFeed>(), EventFeed.MostStreams));
}

await app.StopAsync();
Directory.Delete(folder, recursive: true);
return 0;

bool IsWanted(string path) => !options.Pages && (options.Only is not { } only || only.Split(';').Any(part => path.Contains(part, StringComparison.Ordinal)));

static (string, bool)[] PagesOf(JsonNode ran, JsonNode failed) =>
[
    ("/t/~all/now", false), ("/t/big/now", false), ("/t/~all/schedules", true), ("/t/big/schedules", true),
    (PageOf(ran), false),
    ($"/t/big/schedules/{failed["installId"]}/{failed["scheduleId"]}/why?at={failed["dueAt"]}", false),
    ($"/t/big/runs/{failed["id"]}", false), ("/t/big/calendar", false), ("/t/~all/load", false), ("/t/big/audit", true),
    ("/t/~all/extensions", false), ("/t/big/installs", false), ("/t/~all/access", true), ("/t/~all/nodes", false),
];

static string PageOf(JsonNode run) => $"/t/big/schedules/{run["installId"]}/{run["scheduleId"]}";

static string WhyOf(JsonNode run) => $"/api/v1/tenants/big/installs/{run["installId"]}/schedules/{run["scheduleId"]}/why";

// Of the schedule of a run another one, to its end.
async Task<(string Id, DateTimeOffset EndedAt)> RunAsync(JsonNode of)
{
    using var answer = await client.PostAsync($"/api/v1/tenants/big/installs/{of["installId"]}/schedules/{of["scheduleId"]}/run-now", content: null);
    var text = await answer.Content.ReadAsStringAsync();
    var id = answer.IsSuccessStatusCode ? (string)JsonNode.Parse(text)!["id"]! : throw new InvalidOperationException($"run-now answered {text}");
    while (true)
    {
        if ((string?)(await AskAsync($"/api/v1/tenants/big/runs/{id}")).Page["finishedAt"] is { } endedAt)
        {
            return (id, DateTimeOffset.Parse(endedAt, CultureInfo.InvariantCulture));
        }

        await Task.Delay(20);
    }
}

// A forecast that was made is kept for a minute: each asks for another week.
async Task<(double Median, double Most)> ForecastAsync(string path)
{
    var times = new List<double>();
    for (var later = 1; later <= 9; later++)
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(later);
        var week = string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-ddTHH:mm:ssZ}&to={from.AddDays(7):yyyy-MM-ddTHH:mm:ssZ}");
        times.Add((await AskAsync($"{path}?{week}&by=hour")).Milliseconds);
    }

    times.Sort();
    return (times[times.Count / 2], times[^1]);
}

// The first page, and of every second request the next.
async Task<double[]> LoadAsync(string path)
{
    var cursor = (string?)(await AskAsync(path)).Page["nextCursor"];
    var started = Stopwatch.GetTimestamp();
    var waiting = new List<Task<double>>();
    for (var i = 0; i < options.Rate * options.Seconds; i++)
    {
        var wait = TimeSpan.FromSeconds((double)i / options.Rate) - Stopwatch.GetElapsedTime(started);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait);
        }

        var at = i % 2 == 1 && cursor is not null ? $"{path}&cursor={cursor}" : path;
        waiting.Add(Task.Run(async () => (await AskAsync(at)).Milliseconds));
    }

    var times = await Task.WhenAll(waiting);
    Array.Sort(times);
    return times;
}

async Task<(double Milliseconds, JsonObject Page)> AskAsync(string path)
{
    var started = Stopwatch.GetTimestamp();
    using var body = new StringContent(preview, Encoding.UTF8, "application/json");
    using var answer = path.EndsWith("/preview", StringComparison.Ordinal) ? await client.PostAsync(path, body) : await client.GetAsync(path);
    var text = await answer.Content.ReadAsStringAsync();
    var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    return answer.IsSuccessStatusCode ? (took, JsonNode.Parse(text)!.AsObject()) : throw new InvalidOperationException($"{path} answered {text}");
}
