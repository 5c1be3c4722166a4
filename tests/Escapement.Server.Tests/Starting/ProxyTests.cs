using System.Net;
using System.Net.Http.Headers;
using Escapement.AspNetCore.Access;
using Escapement.Server.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Starting;

public sealed class ProxyTests
{
    private const string Setting = "Escapement:Proxies";

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("203.0.113.1", HttpStatusCode.TooManyRequests)]
    [InlineData("203.0.113.2", HttpStatusCode.Unauthorized)]
    [InlineData("203.0.113.1, 203.0.113.3", HttpStatusCode.Unauthorized)]
    [InlineData("203.0.113.77, 203.0.113.1, 10.1.2.3", HttpStatusCode.TooManyRequests)]
    public async Task WrongToken_ThroughNamedProxies_CountsForWhomTheyName(string forwardedFor, HttpStatusCode expected)
    {
        await using var server = await StartAsync("192.0.2.1,127.0.0.0/8,10.0.0.0/8");
        UseUp(server, "203.0.113.1");

        Assert.Equal(expected, await TryAsync(server, forwardedFor));
    }

    [Fact]
    public async Task WrongToken_ThroughAProxyThatIsNotNamed_CountsForTheProxy()
    {
        await using var server = await StartAsync("192.0.2.1");
        UseUp(server, "127.0.0.1");

        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(server, "203.0.113.2"));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.1,")]
    [InlineData("*")]
    public void Proxies_ThatAreNoAddresses_AreRefused(string text)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>(Setting, text)]);
        Assert.Contains(text, Assert.Single(ServerSettings.Read(configuration).Problems), StringComparison.Ordinal);
    }

    private Task<RunningServer> StartAsync(string proxies) =>
        RunningServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(time), settings: (Setting, proxies));

    private static void UseUp(RunningServer server, string address)
    {
        var failures = server.Services.GetRequiredService<FailedSignIns>();
        for (var i = 0; i < FailedSignIns.Free + FailedSignIns.Waiting; i++)
        {
            failures.Count(address);
        }
    }

    private static async Task<HttpStatusCode> TryAsync(RunningServer server, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/extensions");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "esc_" + new string('A', 43));
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await server.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
