using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Forecasts;

public sealed class ForecastTests
{
    private const string Tenant = "/api/v1/tenants/t1";

    [Fact]
    public async Task Get_OfATenantAndOfTheHost_CountsEachHourAndNamesWhereItComesFrom()
    {
        await using var server = await RunningServer.StartAsync();
        await CreateAsync(server);

        foreach (var scope in (string[])["/api/v1", Tenant])
        {
            var forecast = await server.GetAsync($"{scope}/forecast");

            var buckets = forecast["buckets"]!.AsArray();
            Assert.Equal(24, buckets.Count);
            Assert.Equal("hour", (string?)forecast["by"]);
            Assert.All(buckets.Skip(1), b => Assert.Equal(1, (int)b!["occurrences"]!));
            Assert.All(buckets.Skip(1), b => Assert.Equal("30 * * * *", (string?)Assert.Single(b!["top"]!.AsArray())!["cron"]));
            Assert.Equal("hourly", (string?)buckets[1]!["top"]![0]!["first"]!["name"]);
            Assert.True((int)forecast["slots"]! > 0);
        }
    }

    [Fact]
    public async Task Get_OfAnInstallOrASchedule_CountsThatAlone()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        foreach (var name in (string[])["one", "two"])
        {
            await server.CreateAsync(install, name);
        }

        var (id, other) = (install.Split('/')[^1], (await server.InstallAsync("t2")).Split('/')[^1]);
        var schedule = (string)(await server.GetAsync($"{install}/schedules?q=one"))["items"]![0]!["id"]!;
        async Task<int> Schedules(string query) => (int)(await server.GetAsync($"{Tenant}/forecast?{query}"))["schedules"]!;
        Assert.Equal(2, await Schedules($"installId={id}"));
        Assert.Equal(1, await Schedules($"installId={id}&scheduleId={schedule}"));
        Assert.Equal(0, await Schedules($"installId={other}"));
        Assert.Equal(0, await Schedules($"installId={other}&scheduleId={schedule}"));
    }

    [Fact]
    public async Task Get_OfAPausedTenant_IsNothing()
    {
        await using var server = await RunningServer.StartAsync();
        await CreateAsync(server);
        using var paused = await server.Client.PostAsJsonAsync($"{Tenant}/pause", new { note = "move" });
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);

        var forecast = await server.GetAsync($"{Tenant}/forecast?by=hour");

        Assert.All(forecast["buckets"]!.AsArray(), b => Assert.Equal(0, (int)b!["occurrences"]!));
        Assert.Equal(1, (int)forecast["schedules"]!);
    }

    [Fact]
    public async Task Get_OfAnotherTenant_HasNoneOfItsSchedules()
    {
        await using var server = await RunningServer.StartAsync();
        await CreateAsync(server);

        Assert.Equal(0, (int)(await server.GetAsync("/api/v1/tenants/t2/forecast"))["schedules"]!);
    }

    [Theory]
    [InlineData("by=day", "by")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2020-01-01T00:00:00Z", "from")]
    [InlineData("to=now", "to")]
    [InlineData("to=2020-01-01T00:00:00Z", "to")]
    [InlineData("hours=24", "hours")]
    [InlineData("installId=x", "installId")]
    [InlineData("scheduleId=01993a5e-7c1f-7000-8000-000000000000", "installId")]
    public async Task Get_WrongParameter_Answers400AndNamesIt(string query, string field)
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal(field, Assert.Single((await RefusedAsync(server, query))["errors"]!.AsObject()).Key);
    }

    [Theory]
    [InlineData("hour", 31 * 24, null)]
    [InlineData("hour", (31 * 24) + 1, "to")]
    [InlineData("minute", 24 * 60, null)]
    [InlineData("minute", (24 * 60) + 1, "to")]
    [InlineData("minute", 0, "to")]
    public async Task Get_LongestAndOneMore_AnswersAndRefuses(string by, int steps, string? field)
    {
        await using var server = await RunningServer.StartAsync();
        var from = new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var to = by == "hour" ? from.AddHours(steps) : from.AddMinutes(steps);
        var query = string.Create(CultureInfo.InvariantCulture, $"by={by}&from=2040-01-01T00:00:00Z&to={to.UtcDateTime:s}Z");

        if (field is null)
        {
            Assert.Equal(steps, (await server.GetAsync($"{Tenant}/forecast?{query}"))["buckets"]!.AsArray().Count);
        }
        else
        {
            Assert.Equal(field, Assert.Single((await RefusedAsync(server, query))["errors"]!.AsObject()).Key);
        }
    }

    [Fact]
    public async Task List_BehindAStep_HasAllOfItsSchedulesPageByPageTheBusiestFirst()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        string[] crons = ["30 * * * *", "*/10 * * * *", "5 9 * * *", "*/20 * * * *", "30 * * * *"];
        foreach (var (number, cron) in crons.Index())
        {
            using var made = await server.Client.PostAsJsonAsync($"{install}/schedules", new { endpoint = "POST /api/sync", cron, name = $"number {number}" });
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        foreach (var scope in (string[])["/api/v1", Tenant])
        {
            var seen = new List<JsonNode?>();
            for (string? cursor = null; ;)
            {
                var page = await server.GetAsync($"{scope}/forecast/schedules?at=2040-01-01T12:20:00Z&limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
                Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
                seen.AddRange(page["items"]!.AsArray());
                if ((cursor = (string?)page["nextCursor"]) is null)
                {
                    break;
                }
            }

            Assert.Equal([6, 3, 1, 1], seen.Select(s => (int)s!["occurrences"]!));
            Assert.Equal("*/10 * * * *", (string?)seen[0]!["cron"]);
            Assert.Equal(4, seen.Select(s => (string?)s!["name"]).Distinct().Count());
        }

        Assert.Equal(2, (await server.GetAsync($"{Tenant}/forecast/schedules?at=2040-01-01T12:20:30Z&by=minute"))["items"]!.AsArray().Count);
        Assert.Empty((await server.GetAsync("/api/v1/tenants/t2/forecast/schedules?at=2040-01-01T12:20:00Z"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("by=day", "by")]
    [InlineData("at=2020-01-01T00:00:00Z", "at")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("installId=x", "installId")]
    public async Task List_WrongParameter_Answers400AndNamesIt(string query, string field)
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Client.GetAsync($"{Tenant}/forecast/schedules?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, Assert.Single((await RunningServer.ReadAsync(answer))["errors"]!.AsObject()).Key);
    }

    private static async Task CreateAsync(RunningServer server)
    {
        var install = await server.InstallAsync();
        using var made = await server.Client.PostAsJsonAsync(
            $"{install}/schedules", new { endpoint = "POST /api/sync", cron = "30 * * * *", name = "hourly" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    private static async Task<JsonObject> RefusedAsync(RunningServer server, string query)
    {
        using var answer = await server.Client.GetAsync($"{Tenant}/forecast?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
