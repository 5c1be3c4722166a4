using System.Net;
using Escapement.Firing.Engine;
using Escapement.Nodes;
using Escapement.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Health;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Readiness_OfADrainedNode_IsReadyAndSaysThatItTakesNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var engine = server.Services.GetRequiredService<FiringEngine>();
        Assert.True(SpinWait.SpinUntil(() => engine.CheckHealth().IsHealthy, TimeSpan.FromSeconds(30)));
        server.Services.GetRequiredService<NodeIntake>().Close();

        var answer = await server.ReadyAsync();

        Assert.Equal(("ready", "ok"), ((string?)answer["status"], (string?)answer["checks"]!["firing"]));
        Assert.Contains("was drained", (string?)Assert.Single(answer["warnings"]!.AsArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_StoreWithAWarning_StaysReadyAndShowsIt()
    {
        var health = new FixedHealth(new StoreHealth(true, null, "The clock is two seconds ahead"));
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton<IStoreHealth>(health));
        var answer = await server.ReadyAsync();
        Assert.Equal(["The clock is two seconds ahead"], answer["warnings"]!.AsArray().Select(w => (string?)w));
    }

    [Fact]
    public async Task Ready_StoreWithoutAWarning_HasNoField()
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.ReadyAsync();
        Assert.False(answer.ContainsKey("warnings"));
        Assert.Equal("ok", (string?)answer["checks"]!["firing"]);
    }

    [Fact]
    public async Task Ready_StoreUnwell_Answers503WithoutItsWords()
    {
        await using var server = await RunningServer.StartAsync(services: s => AddUnwellStore(s));
        using var answer = await server.Client.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var body = await RunningServer.ReadAsync(answer);
        Assert.Equal("failing", (string?)body["checks"]!["store"]);
        Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
    }

    internal static void AddUnwellStore(IServiceCollection services) =>
        services.AddSingleton<IStoreHealth>(new FixedHealth(new StoreHealth(false, "disk /secret is full")));

    private sealed class FixedHealth(StoreHealth health) : IStoreHealth
    {
        public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(health);
    }
}
