using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Escapement.Server.Tests.Api;

/// <summary>The error table of contract section 3, through HTTP.</summary>
public sealed class ScheduleErrorTests
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
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        await server.CreateAsync(install, "taken");
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
        using var answer = await server.Client.PostAsJsonAsync($"{install}/schedules", new { timezone = "x", policy = new { retry = new { maxAttempts = 0, maxDelaySeconds = 1e300 } } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await RunningServer.ReadAsync(answer))["errors"]!.AsObject().Select(e => e.Key).Order();
        Assert.Equal(["cron", "endpoint", "policy.retry.maxAttempts", "policy.retry.maxDelaySeconds", "timezone"], errors);
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

    [Theory]
    [InlineData("{", "application/json", 400, null)]
    [InlineData("[]", "application/json", 400, null)]
    [InlineData("null", "application/json", 400, null)]
    [InlineData("""{"crom":"x"}""", "application/json", 400, "crom")]
    [InlineData("""{"cron":5}""", "application/json", 400, "cron")]
    [InlineData("""{"cron":"a","cron":"b"}""", "application/json", 400, "cron")]
    [InlineData("{}", "text/plain", 415, null)]
    public async Task Create_UnreadableBody_Answers4xxWithProblem(string body, string type, int status, string? field)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await server.Client.PostAsync($"{install}/schedules", content);
        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await RunningServer.ReadAsync(answer);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.Equal(field is null ? [] : [field], problem["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task Create_BodyOverLimit_Answers413()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent(new string(' ', 1_100_000), Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync($"{install}/schedules", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api/v1/tenants/a%20b/runs", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/runs/not-an-id", 404)]
    [InlineData("GET", "/api/v1/tenants/t1/installs/not-an-id/schedules", 404)]
    [InlineData("PUT", "/api/v1/extensions", 405)]
    [InlineData("GET", "/api/v1/tenants/t1/runs?limit=0", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/runs?limit=201", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/runs?state=odd", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/runs?cursor=odd", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/runs?sate=failed", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/installs?limit=2", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/runs?installId=odd", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/runs?scheduleId=odd", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/audit?installId=odd", 400)]
    public async Task Request_Refused_IsAProblemWithErrors(string method, string path, int status)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull((await RunningServer.ReadAsync(answer))["errors"]);
    }
}
