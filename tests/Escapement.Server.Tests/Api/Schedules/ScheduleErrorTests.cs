using System.Net;
using System.Net.Http.Json;

namespace Escapement.Server.Tests.Api.Schedules;

/// <summary>The error table of contract section 3, through HTTP.</summary>
public sealed class ScheduleErrorTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string LongName = new('n', 129);

    public static TheoryData<string, string, string, string> Table { get; } = new()
    {
        { "endpoint", "POST /api/none", "endpoint", "Endpoint not found or not schedulable" },
        { "endpoint", "GET /api/items/:id", "endpoint", "Endpoint not found or not schedulable" },
        { "endpoint", "DELETE /api/items/:id", "endpoint", "Endpoint not found or not schedulable" },
        { "endpoint", "POST /api/hidden", "endpoint", "Endpoint not found or not schedulable" },
        { "endpoint", "/api/sync", "endpoint", "Endpoint is ambiguous" },
        { "cron", "* * * *", "cron", "Invalid cron expression (expected 5 fields: m h dom mon dow)" },
        { "cron", "0 9 * * MON", "cron", "Invalid cron expression (unsupported characters)" },
        { "cron", "60 9 * * *", "cron", "Invalid cron expression" },
        { "cron", "0 9 1 * 1", "cron", "Cron cannot set both day-of-month and day-of-week" },
        { "cron", "*/4 * * * *", "cron", "Cron too frequent (minimum interval is 5 minutes)" },
        { "cron", "*/7 * * * *", "cron", "Cron too frequent (minimum interval is 5 minutes)" },
        { "cron", "0 0 30 2 *", "cron", "Cron never matches a date" },
        { "cron", "LONG", "cron", "Cron expression too long" },
        { "timezone", "Mars/Olympus", "timezone", "Invalid timezone" },
        { "timezone", "+02:00", "timezone", "Invalid timezone" },
        { "name", "LONG", "name", "Name too long" },
        { "name", " taken ", "name", "Schedule name already in use" },
        { "payload", "{", "payload", "Payload must be a JSON object or array" },
        { "payload", "5", "payload", "Payload must be a JSON object or array" },
        { "payload", "LONG", "payload", "Payload too large" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Create_WrongField_Answers422WithTheContractsMessage(string field, string value, string blamed, string message)
    {
        var server = shared.Server;
        var install = await InstallAsync();
        var body = new Dictionary<string, string> { ["endpoint"] = "POST /api/sync", ["cron"] = "0 9 * * *" };
        body[field] = (field, value) switch
        {
            ("cron", "LONG") => "0 9 * * " + string.Join(',', Enumerable.Repeat("1", 70)),
            ("name", "LONG") => LongName,
            ("payload", "LONG") => $"[\"{new string('x', 100_000)}\"]",
            _ => value,
        };

        using var answer = await server.Client.PostAsJsonAsync($"{install}/schedules", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await RunningServer.ReadAsync(answer);
        var error = Assert.Single(problem["errors"]!.AsObject());
        Assert.Equal(blamed, error.Key);
        Assert.StartsWith(message, (string?)error.Value, StringComparison.Ordinal);
        Assert.Equal((string?)error.Value, (string?)problem["detail"]);
    }

    [Fact]
    public async Task Create_NothingGiven_NamesEveryMissingField()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var retry = new { maxAttempts = 0, maxDelaySeconds = 1e300 };
        var policy = new
        {
            overlap = "both", missed = "some", missedMax = 0, catchUpMinutes = -1, spreadSeconds = 3601, timeLimitSeconds = 31, pauseAfterFailures = -1, retry,
        };
        var nothing = new { timezone = "x", policy };
        using var answer = await server.Client.PostAsJsonAsync($"{install}/schedules", nothing);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await RunningServer.ReadAsync(answer))["errors"]!.AsObject().Select(e => e.Key).Order();
        string[] expected =
        [
            "cron", "endpoint", "policy.catchUpMinutes", "policy.missed", "policy.missedMax", "policy.overlap", "policy.pauseAfterFailures",
            "policy.retry.maxAttempts", "policy.retry.maxDelaySeconds", "policy.spreadSeconds", "policy.timeLimitSeconds", "timezone",
        ];
        Assert.Equal(expected, errors);
    }

    [Fact]
    public async Task Create_OneTooMany_Answers409()
    {
        await using var server = await RunningServer.StartAsync(o => o.Limits = new() { MaxPerInstall = 2 });
        var install = await server.InstallAsync();
        await server.CreateAsync(install, "a");
        await server.CreateAsync(install, "b");
        using var answer = await server.Client.PostAsJsonAsync($"{install}/schedules", new { endpoint = "POST /api/sync", cron = "0 9 * * *" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("Too many schedules (max 2 per extension install)", (string?)(await RunningServer.ReadAsync(answer))["detail"]);
    }

    [Fact]
    public async Task Create_TooManyChanges_Answers429WithRetryAfter()
    {
        await using var server = await RunningServer.StartAsync(o => o.Limits = new() { MaxPerInstall = 1, ChangeBurst = 1, ChangesPerMinute = 0.5 });
        var install = await server.InstallAsync();
        var created = await server.CreateAsync(install, "a");
        using var answer = await server.Client.PatchAsJsonAsync($"{install}/schedules/{created["id"]}", new { name = "b" });
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 120);
        Assert.StartsWith("Rate limit exceeded", (string?)(await RunningServer.ReadAsync(answer))["detail"], StringComparison.Ordinal);
    }

    // An extension that spends its rate does not keep its admin from pausing it.
    [Fact]
    public async Task PauseSkipAndResume_WhereTheRateIsSpent_AreDone()
    {
        await using var server = await RunningServer.StartAsync(o =>
        {
            o.Roles = AspNetCore.EscapementRoles.Api;
            o.Limits = new() { MaxPerInstall = 1, ChangeBurst = 1, ChangesPerMinute = 0.5 };
        });
        var install = await server.InstallAsync();
        var created = await server.CreateAsync(install, "a");
        var schedule = $"{install}/schedules/{created["id"]}";
        using var spent = await server.Client.PatchAsJsonAsync(schedule, new { name = "b" });
        Assert.Equal(HttpStatusCode.TooManyRequests, spent.StatusCode);
        foreach (var (verb, body) in ((string, object)[])
        [
            ("skips", new { at = created["nextDueAt"], note = "closed" }), ("pause", new { note = "too much" }), ("resume", new { }),
        ])
        {
            using var done = await server.Client.PostAsJsonAsync($"{schedule}/{verb}", body);
            Assert.True(done.IsSuccessStatusCode, $"{verb} answered {done.StatusCode}: {await done.Content.ReadAsStringAsync()}");
        }
    }

    // Made by the first, and left as it is by all.
    private async Task<string> InstallAsync()
    {
        var there = (await shared.Server.GetAsync("/api/v1/tenants/t1/installs"))["items"]!.AsArray();
        if (there.Count > 0)
        {
            return $"/api/v1/tenants/t1/installs/{there[0]!["id"]}";
        }

        var install = await shared.Server.InstallAsync();
        await shared.Server.CreateAsync(install, "taken");
        return install;
    }
}
