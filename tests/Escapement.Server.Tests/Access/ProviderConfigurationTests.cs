using Escapement.AspNetCore.Access;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Access;

public sealed class ProviderConfigurationTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly Provider provider = new();
    private readonly HttpClient client;
    private readonly ProviderConfiguration configuration;

    public ProviderConfigurationTests()
    {
        client = new HttpClient(provider);
        configuration = new ProviderConfiguration("https://login.example.com", client, time);
    }

    public void Dispose()
    {
        configuration.Dispose();
        client.Dispose();
        provider.Dispose();
    }

    // A provider that takes requests and answers none would hold up each token in turn.
    [Fact]
    public async Task Get_AfterATryThatFailed_SharesItForAWhile()
    {
        var waiting = Enumerable.Range(0, 5).Select(_ => configuration.GetConfigurationAsync(CancellationToken.None)).ToList();
        provider.Answer.SetException(new HttpRequestException("no answer"));
        foreach (var one in waiting)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => one);
        }

        Assert.Equal(1, provider.Asked);
        time.Advance(TimeSpan.FromSeconds(4.9));
        await Assert.ThrowsAnyAsync<Exception>(() => configuration.GetConfigurationAsync(CancellationToken.None));
        Assert.Equal(1, provider.Asked);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAnyAsync<Exception>(() => configuration.GetConfigurationAsync(CancellationToken.None));
        Assert.Equal(2, provider.Asked);
    }

    private sealed class Provider : HttpMessageHandler
    {
        public TaskCompletionSource<HttpResponseMessage> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Answer.Task.WaitAsync(cancellationToken);
        }
    }
}
