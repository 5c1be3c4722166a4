using System.Net;
using System.Text;
using Escapement.Server.Tests.Access;

namespace Escapement.Server.Tests.Api;

public sealed class JsonBodyTests
{
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

    [Theory]
    [InlineData("""{"cron":}""", "The body is not JSON (line 1, byte 8)")]
    [InlineData("""{"cron":"a" "name":"b"}""", "The body is not JSON (line 1, byte 12)")]
    [InlineData("""{"cron":5}""", "The value of cron must be a string (line 1, byte 9)")]
    [InlineData("""{"policy":{"overlapp":"skip"}}""", "There is no field policy.overlapp (line 1, byte 22); did you mean overlap?")]
    [InlineData("""{"policy":5}""", "The value of policy must be an object (line 1, byte 11)")]
    [InlineData("""{"enabled":"yes"}""", "The value of enabled must be true or false (line 1, byte 16)")]
    [InlineData("""{"payload":{"a":1}}""", "The value of payload must be a string (line 1, byte 12)")]
    [InlineData("""{"timeZone":"UTC"}""", "There is no field timeZone (line 1, byte 12); did you mean timezone?")]
    [InlineData("""{"colour":"red"}""", "There is no field colour (line 1, byte 10)")]
    [InlineData("""{"cron":"a","cron":"b"}""", "cron is there twice (line 1, byte 19)")]
    [InlineData("""{"policy":{"overlap":5}}""", "The value of policy.overlap must be a string (line 1, byte 22)")]
    public async Task Create_MalformedBody_IsNotCalledAWrongType(string body, string detail)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync($"{install}/schedules", content);
        Assert.Equal(detail, (string?)(await RunningServer.ReadAsync(answer))["detail"]);
    }

    [Fact]
    public async Task Create_FieldWithAVeryLongName_IsAnsweredShortly()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent($$"""{"{{new string('x', 500_000)}}":1}""", Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync($"{install}/schedules", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.InRange((await answer.Content.ReadAsStringAsync()).Length, 1, 2_000);
    }

    [Fact]
    public async Task Create_OfAnotherType_IsToldTheTypeThatIsWanted()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var answer = await server.Client.PostAsync($"{install}/schedules", content);
        Assert.Contains("application/json", (string?)(await RunningServer.ReadAsync(answer))["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"payload":"{}"}""", 400, "There is no field payload: this operation takes no body")]
    [InlineData("[1]", 400, "This operation takes no body")]
    [InlineData("at nine", 400, "This operation takes no body")]
    [InlineData("{}", 200, null)]
    [InlineData(" ", 200, null)]
    public async Task Disable_WithABody_IsRefusedIfItSaysAnything(string body, int status, string? detail)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync($"{install}/disable", content);
        Assert.Equal(
            (status, detail), ((int)answer.StatusCode, status == 200 ? null : (string?)(await RunningServer.ReadAsync(answer))["detail"]));
    }

    [Fact]
    public async Task Answer_TextWithQuotesAndUmlauts_IsWrittenAsItIs()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent(
            """{"endpoint":"POST /api/sync","cron":"0 9 * * *","name":"Anna's Übung <1>"}""", Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync($"{install}/schedules", content);
        Assert.Contains("\"name\":\"Anna's Übung <1>\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/tenants/a%20b/installs", 400)]
    [InlineData("/api/v1/tenants/t1/installs/00000000-0000-7000-8000-000000000000/schedules", 404)]
    public async Task Create_UnreadableBodyWhereNothingIs_IsRefusedForThePlace(string path, int status)
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new StringContent("{", Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync(path, content);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    // The beginning of a session, which asks for no token, among them.
    [Fact]
    public async Task EveryOperation_WithABodyThatCannotBeReadOrIsTooLarge_IsRefusedAndSaysSo()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        var things = new ThingsOfATenant(server, "t1");
        using var browser = new HttpClient { BaseAddress = server.Address };
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var (pattern, operations) in (await server.GetAsync("/openapi/v1.json"))["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation!["requestBody"]?["content"]?["application/json"] is null)
                {
                    continue;
                }

                var path = await things.FillAsync(pattern);
                foreach (var (body, status) in ((string, int)[])
                [
                    ("{", 400), ("[]", 400), ("""{"nobodyKnowsThis":1}""", 400),
                    ($"{new string(' ', (1 << 20) - 1)}{{", 400), ($"{new string(' ', 1 << 20)}{{", 413),
                ])
                {
                    using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
                    request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                    // What is refused by its length is not sent, so that the answer can be read.
                    request.Headers.ExpectContinue = status == 413;
                    request.Headers.Add("x-escapement-console", "1");
                    request.Headers.Add("Origin", $"http://{server.Address.Authority}");
                    using var answer = await (pattern == "/api/v1/session" ? browser : server.Client).SendAsync(request);
                    if ((int)answer.StatusCode != status || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
                    {
                        wrong.Add($"{method} {pattern} answered {answer.StatusCode} to {body.Length} characters, {body.Trim()}");
                    }

                    tried++;
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(tried, 20 * 5, 10_000);
    }

    [Fact]
    public async Task Create_BodyOverLimit_Answers413()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var content = new StringContent(new string(' ', 1_100_000), Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync($"{install}/schedules", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("larger than the 1048576 bytes allowed here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
