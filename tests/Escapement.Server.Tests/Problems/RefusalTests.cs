using System.Text.Json.Nodes;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace Escapement.Server.Tests.Problems;

public sealed class RefusalTests
{
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
    [InlineData("GET", "/api/v1/forecast?from=9999-12-31T23:59:59Z", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/schedules?q=a%00b", 400)]
    [InlineData("GET", "/api/v1/tenants/t1/schedules?extension=a%00b", 400)]
    public async Task Request_Refused_IsAProblemWithErrors(string method, string path, int status)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull((await RunningServer.ReadAsync(answer))["errors"]);
    }

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(1_001, 1_001)]
    [InlineData(60_000, 1_001)]
    public async Task Invalid_ManyProblems_ListsTheFirstAndSaysHowManyMore(int count, int listed)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        await Refusal.Invalid([.. Enumerable.Range(0, count).Select(i => new Problem($"f{i}", "wrong", "It is wrong"))]).ExecuteAsync(context);

        var problems = JsonNode.Parse(body.ToArray())!["problems"]!.AsArray();
        Assert.Equal(listed, problems.Count);
        Assert.Equal(
            count <= 1_000 ? "It is wrong" : $"{count - 1_000} more things are wrong; mend these first", (string?)problems[^1]!["message"]);
    }
}
