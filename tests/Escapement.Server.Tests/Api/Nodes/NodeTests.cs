using System.Net;
using Escapement.Nodes;
using Escapement.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Nodes;

public sealed class NodeTests
{
    [Fact]
    public async Task ListNodes_OfARunningServer_ShowsItUp()
    {
        await using var server = await RunningServer.StartAsync();

        var node = Assert.Single((await server.GetAsync("/api/v1/nodes"))["items"]!.AsArray())!;

        Assert.Equal("up", (string?)node["state"]);
        Assert.True((int)node["slots"]! > 0);
        Assert.Equal(ProductVersion.Text, (string?)node["version"]);
        Assert.Null(node["clockOffsetMs"]);
        Assert.Null(node["drainingSince"]);
        Assert.Null(node["drained"]);
        Assert.Empty((await server.GetAsync("/api/v1/outages"))["items"]!.AsArray());
    }

    [Fact]
    public async Task ListOutages_AfterANodeWasLost_HasTheTimeBetween()
    {
        await using var server = await RunningServer.StartAsync();
        var nodes = server.Services.GetRequiredService<IStore>().Nodes;
        var lost = DateTimeOffset.UtcNow.AddDays(1);
        HostNode Node(DateTimeOffset seen) =>
            new() { Id = Ids.Next(TimeProvider.System), Name = "other", Slots = 1, Version = "1.0.0", StartedAt = lost, SeenAt = seen };
        await nodes.BeatAsync(Node(lost), lost.AddSeconds(-30));
        await nodes.BeatAsync(Node(lost.AddHours(1)), lost.AddMinutes(59));

        // Not the time until then, in which the server itself gives no sign.
        var range = $"from={lost.AddMinutes(1).UtcDateTime:s}Z&to={lost.AddDays(1).UtcDateTime:s}Z";
        var outage = Assert.Single((await server.GetAsync($"/api/v1/outages?{range}"))["items"]!.AsArray())!;

        Assert.Equal(("other", false), ((string?)outage["node"], (bool)outage["stopped"]!));
    }

    [Theory]
    [InlineData("from=x")]
    [InlineData("from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z")]
    public async Task ListOutages_WrongTime_Answers400(string query)
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Client.GetAsync($"/api/v1/outages?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
