using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Audit;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed class BackfillTests
{
    [Fact]
    public async Task Backfill_PreviewedAndBegun_RunsWhatWasShownAndEnds()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, from, to) = await NeverRanAsync(server);

        var preview = await PreviewAsync(server, schedule, from, to);
        var shown = preview["occurrences"]!.AsArray().Select(o => (string?)o!["at"]).ToList();
        Assert.Equal(4, shown.Count);
        var begun = await PostAsync(server, $"{schedule}/backfill", Commit(preview, "was down"), HttpStatusCode.Accepted);
        Assert.Equal((4, "missing", "was down"), ((int)begun["total"]!, (string?)begun["which"], (string?)begun["note"]));
        Assert.Empty(begun["leftOut"]!.AsArray());
        for (var i = 0; i < shown.Count; i++)
        {
            await server.RecordedAsync();
        }

        var runs = (await server.GetAsync($"{schedule}/runs"))["items"]!.AsArray().Where(r => (string?)r!["trigger"] == "backfill").ToList();
        Assert.Equal(shown, runs.Select(r => (string?)r!["occurrence"]).Order());
        Assert.All(runs, r => Assert.Equal(("succeeded", "was down"), ((string?)r!["state"], (string?)r["note"])));
        Assert.Empty((await PreviewAsync(server, schedule, from, to))["occurrences"]!.AsArray());
        var last = (await server.GetAsync($"{schedule}/backfill"))["last"]!;
        Assert.Equal((4, 4, 0, 0, 0), ((int)last["total"]!, (int)last["succeeded"]!, (int)last["failed"]!, (int)last["open"]!, (int)last["left"]!));
        Assert.Equal(((string?)begun["id"], "was down"), ((string?)last["id"], (string?)last["note"]));
        var again = await PreviewAsync(server, schedule, from, to, "all");
        Assert.All(again["occurrences"]!.AsArray(), o => Assert.NotNull(o!["repeats"]));
    }

    // The occurrences are those of the past; endpoint and payload are today's, and each run has a key of its own.
    [Fact]
    public async Task Backfill_EditedSince_CallsTodaysEndpointWithTodaysPayload()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, from, _) = await NeverRanAsync(server);
        using var before = await server.Client.PatchAsJsonAsync(schedule, new { endpoint = "GET /api/sync" });
        var preview = await PreviewAsync(server, schedule, from, from.AddMinutes(5));
        var shown = preview["occurrences"]!.AsArray().Select(o => (string?)o!["at"]).ToList();
        Assert.Equal(2, shown.Count);
        using var edited = await server.Client.PatchAsJsonAsync(
            schedule, new { endpoint = "POST /api/sync", cron = "0 9 * * *", payload = """{"of":"today"}""" });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (before.StatusCode, edited.StatusCode));

        await PostAsync(server, $"{schedule}/backfill", Commit(preview), HttpStatusCode.Accepted);
        await server.RecordedAsync();
        await server.RecordedAsync();

        var asked = server.Sandbox.Asked.Select(a => a.Request).ToList();
        string? Header(HandlerRequest request, string name) => request.Headers.FirstOrDefault(h => h.Key == name).Value;
        Assert.Equal(shown, asked.Select(r => Header(r, "x-scheduler-due-at")).Order());
        Assert.All(asked, r => Assert.Equal(("POST", "/api/sync"), (r.Method, r.Url.Split('?')[0])));
        Assert.All(asked, r => Assert.Equal("""{"of":"today"}""", System.Text.Encoding.UTF8.GetString(r.Body!.Value.Span)));
        Assert.Equal(2, asked.Select(r => Header(r, "x-idempotency-key")).Where(k => k is not null).Distinct().Count());
    }

    // What ran since it was shown is left out, and the answer lists it.
    [Fact]
    public async Task Backfill_SomeOfWhatWasShownRanSince_LeavesThatOutAndListsIt()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, from, to) = await NeverRanAsync(server);
        var first = await PreviewAsync(server, schedule, from, from);
        var all = await PreviewAsync(server, schedule, from, to);
        await PostAsync(server, $"{schedule}/backfill", Commit(first), HttpStatusCode.Accepted);
        await server.RecordedAsync();

        // It ends with the claim behind its last run.
        Assert.Empty(await server.ClaimAsync(TimeProvider.System.GetUtcNow()));

        var begun = await PostAsync(server, $"{schedule}/backfill", Commit(all), HttpStatusCode.Accepted);

        Assert.Equal(3, (int)begun["total"]!);
        Assert.Equal((string?)first["occurrences"]![0]!["at"], (string?)Assert.Single(begun["leftOut"]!.AsArray()));
    }

    [Fact]
    public async Task Backfill_AnotherIsOpen_Answers409()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, from, to) = await NeverRanAsync(server);
        await HoldAsync(server, schedule);
        var (first, second) = (await PreviewAsync(server, schedule, from, to), await PreviewAsync(server, schedule, from, from.AddMinutes(5)));
        await PostAsync(server, $"{schedule}/backfill", Commit(second), HttpStatusCode.Accepted);

        var open = await PostAsync(server, $"{schedule}/backfill", Commit(first), HttpStatusCode.Conflict);
        Assert.Equal("urn:escapement:problem:backfill-open", (string?)open["type"]);
        var used = await PostAsync(server, $"{schedule}/backfill", Commit(first), HttpStatusCode.Conflict);
        Assert.Equal("urn:escapement:problem:preview-used", (string?)used["type"]);
    }

    [Fact]
    public async Task Backfill_Steered_ShowsItAndEnds()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, from, to) = await NeverRanAsync(server);
        await HoldAsync(server, schedule);
        await PostAsync(server, $"{schedule}/backfill", Commit(await PreviewAsync(server, schedule, from, to)), HttpStatusCode.Accepted);
        Assert.Equal("resume-schedule", await ToDoAsync());

        Assert.True((bool)(await PostAsync(server, $"{schedule}/backfill/pause", null, HttpStatusCode.OK))["paused"]!);
        var shown = (await server.GetAsync($"{schedule}/backfill"))["backfill"]!;
        Assert.Equal((4, true), ((int)shown["left"]!, (bool)(await server.GetAsync(schedule))["backfill"]!["paused"]!));
        Assert.Equal("resume-backfill", await ToDoAsync());
        Assert.False((bool)(await PostAsync(server, $"{schedule}/backfill/resume", null, HttpStatusCode.OK))["paused"]!);
        using var disabled = await server.Client.PatchAsJsonAsync(schedule, new { enabled = false });
        Assert.True((bool)(await server.GetAsync($"{schedule}/backfill"))["backfill"]!["paused"]!);
        var refused = await PostAsync(server, $"{schedule}/backfill/resume", null, HttpStatusCode.Conflict);
        Assert.Equal("urn:escapement:problem:schedule-disabled", (string?)refused["type"]);
        using var cancelled = await server.Client.DeleteAsync($"{schedule}/backfill");
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.False((await server.GetAsync($"{schedule}/backfill")).ContainsKey("backfill"));
        var none = await PostAsync(server, $"{schedule}/backfill/pause", null, HttpStatusCode.Conflict);
        Assert.Equal("urn:escapement:problem:no-backfill", (string?)none["type"]);

        // What there is to do for an occurrence that waits in it.
        async Task<string?> ToDoAsync()
        {
            var why = await server.GetAsync($"{schedule}/why?at={from:yyyy-MM-ddTHH:mm:ssZ}");
            Assert.Contains("waits-in-backfill", why["causes"]!.AsArray().Select(c => (string?)c!["code"]));
            return (string?)Assert.Single(why["actions"]!.AsArray());
        }
    }

    [Fact]
    public async Task Preview_WrongRange_NamesTheField()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, from, to) = await NeverRanAsync(server);

        await RefusedAsync(new { to }, "from");
        await RefusedAsync(new { from, to = to.AddDays(1) }, "to");
        await RefusedAsync(new { from = to, to = from }, "from");
        await RefusedAsync(new { from = to.AddDays(-31), to }, "from");
        await RefusedAsync(new { from, to, which = "some" }, "which");

        async Task RefusedAsync(object body, string field)
        {
            var refused = await PostAsync(server, $"{schedule}/backfill/preview", body, HttpStatusCode.UnprocessableEntity);
            Assert.Equal([field], refused["errors"]!.AsObject().Select(e => e.Key));
        }
    }

    [Fact]
    public async Task Begin_TokenOfAnotherSchedule_IsUnknownAndNotUsedUp()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, from, to) = await NeverRanAsync(server);
        var preview = await PreviewAsync(server, schedule, from, to);
        var other = $"{schedule[..schedule.LastIndexOf('/')]}/{(await server.CreateAsync(schedule.Split("/schedules")[0], "other"))["id"]}";

        await PostAsync(server, $"{other}/backfill", Commit(preview), HttpStatusCode.NotFound);

        await PostAsync(server, $"{schedule}/backfill", Commit(preview), HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Definitions_AfterAnEdit_SayWhatItWas()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, _, _) = await NeverRanAsync(server);
        using var edited = await server.Client.PatchAsJsonAsync(schedule, new { cron = "0 9 * * *", timezone = "Europe/Berlin" });

        var definitions = (await server.GetAsync($"{schedule}/definitions"))["items"]!.AsArray();

        Assert.Equal(
            [("0 9 * * *", "Europe/Berlin", "due", "first-token"), ("*/5 * * * *", "UTC", "due", "ops")],
            definitions.Select(d => ((string?)d!["cron"], (string?)d["timezone"], (string?)d["state"], (string?)d["by"])));
        Assert.Equal((string?)definitions[0]!["since"], (string?)definitions[1]!["until"]);
    }

    // A schedule that should have run four times in twenty minutes of the past and did not, as if the host had not been there.
    private static async Task<(string Path, DateTimeOffset From, DateTimeOffset To)> NeverRanAsync(RunningServer server)
    {
        var install = await server.InstallAsync("acme");
        var now = TimeProvider.System.GetUtcNow();
        var from = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.FromMinutes(5).Ticks), TimeSpan.Zero).AddHours(-1);
        var schedule = new Schedule
        {
            Id = new ScheduleId(Ids.Next(TimeProvider.System)),
            Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.Parse(install.Split('/')[^1]))),
            Endpoint = new("POST", "/api/sync"),
            Cron = "*/5 * * * *",
            TimeZone = "UTC",
            Enabled = true,
            NextDueAt = now.AddDays(1),
            CreatedAt = from.AddMinutes(-1),
            UpdatedAt = from.AddMinutes(-1),
        };
        var limits = new ScheduleChangeLimits(schedule.CreatedAt, 50, new TokenBucket(1_000));
        var audit = AuditEntry.Of(TimeProvider.System, schedule.Scope, new Actor(ActorKind.Admin, "ops"), "schedule.create", schedule.Id.ToString());
        await server.Services.GetRequiredService<IScheduleStore>().CreateAsync(schedule, limits, audit);
        return ($"{install}/schedules/{schedule.Id}", from, from.AddMinutes(15));
    }

    // So that nothing of a backfill starts while a test looks at it.
    private static Task HoldAsync(RunningServer server, string schedule) =>
        PostAsync(server, $"{schedule}/pause", new { note = "looking" }, HttpStatusCode.OK);

    private static object Commit(JsonObject preview, string? note = null) => new { previewToken = (string?)preview["preview"]!["token"], note };

    private static Task<JsonObject> PreviewAsync(RunningServer server, string schedule, DateTimeOffset from, DateTimeOffset to, string? which = null) =>
        PostAsync(server, $"{schedule}/backfill/preview", new { from, to, which }, HttpStatusCode.OK);

    private static async Task<JsonObject> PostAsync(RunningServer server, string path, object? body, HttpStatusCode expected)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.Equal(expected, answer.StatusCode);
        return await RunningServer.ReadAsync(answer);
    }
}
