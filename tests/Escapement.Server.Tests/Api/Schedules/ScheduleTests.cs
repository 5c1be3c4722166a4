using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed partial class ScheduleTests
{
    [Fact]
    public async Task Schedule_CreatedChangedDeleted_IsSeenSo()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var created = await server.CreateAsync(install, "daily");
        var path = $"{install}/schedules/{created["id"]}";
        Assert.Matches(Timestamp(), (string?)created["nextDueAt"]);
        Assert.Equal(1, (long?)created["revision"]);

        using (var changed = await server.Client.PatchAsJsonAsync(path, new { timezone = "america/new_york", name = "", payload = "{ \"a\":1 }" }))
        {
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }

        var now = await server.GetAsync(path);
        Assert.Equal("America/New_York", (string?)now["timezone"]);
        Assert.Equal("{ \"a\":1 }", (string?)now["payload"]);
        Assert.Equal(server.Cron, (string?)now["cron"]);
        Assert.False(now.ContainsKey("name"));

        using var deleted = await server.Client.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Schedule_RetryInItsPolicy_IsShownAndStaysUntilItIsGivenAgain()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";

        using var set = await server.Client.PatchAsJsonAsync(path, new { policy = new { retry = new { maxAttempts = 3, factor = 1.5 } } });
        using var renamed = await server.Client.PatchAsJsonAsync(path, new { name = "nightly", policy = new { } });

        var retry = (await RunningServer.ReadAsync(renamed))["policy"]!["retry"]!;
        Assert.Equal("""{"maxAttempts":3,"initialDelaySeconds":30,"factor":1.5,"maxDelaySeconds":3600}""", retry.ToJsonString());
        using var beside = await server.Client.PatchAsJsonAsync(path, new { retry = new { maxAttempts = 3 } });
        Assert.Equal(HttpStatusCode.BadRequest, beside.StatusCode);
    }

    [Fact]
    public async Task Schedule_Policy_ShowsItsDefaultsKeepsWhatIsSetAndGoesBackToTheHosts()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var created = await server.CreateAsync(install, "daily");
        var path = $"{install}/schedules/{created["id"]}";
        static string Of(JsonNode schedule)
        {
            var policy = schedule["policy"]!.AsObject();
            policy.Remove("retry");
            return policy.ToJsonString();
        }

        Assert.Equal("""{"overlap":"skip","missed":"latest","missedMax":100,"spreadSeconds":0,"pauseAfterFailures":20}""", Of(created));
        var policy = new
        {
            overlap = "queue-one", missed = "all", missedMax = 3, catchUpMinutes = 0, spreadSeconds = 60, timeLimitSeconds = 30, pauseAfterFailures = 0,
        };
        var shown = """
            {"overlap":"queue-one","missed":"all","missedMax":3,"catchUpMinutes":0,"spreadSeconds":60,"timeLimitSeconds":30,"pauseAfterFailures":0}
            """;
        using var set = await server.Client.PatchAsJsonAsync(path, new { policy });
        Assert.Equal(shown, Of(await RunningServer.ReadAsync(set)));
        using var renamed = await server.Client.PatchAsJsonAsync(path, new { name = "nightly", policy = new { } });
        Assert.Equal(shown, Of(await RunningServer.ReadAsync(renamed)));
        var hosts = new { policy = new { missed = "none", catchUpMinutes = (int?)null, timeLimitSeconds = (int?)null } };
        using var back = await server.Client.PatchAsJsonAsync(path, hosts);
        Assert.Equal(
            """{"overlap":"queue-one","missed":"none","missedMax":3,"spreadSeconds":60,"pauseAfterFailures":0}""",
            Of(await RunningServer.ReadAsync(back)));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Timestamp();
}
