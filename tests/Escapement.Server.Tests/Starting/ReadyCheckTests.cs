using Escapement.Server.Starting;

namespace Escapement.Server.Tests.Starting;

public sealed class ReadyCheckTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7870", "http://127.0.0.1:7870/readyz")]
    [InlineData("http://+:7870", "http://127.0.0.1:7870/readyz")]
    [InlineData("http://*:80", "http://127.0.0.1/readyz")]
    [InlineData("http://0.0.0.0:7870/", "http://127.0.0.1:7870/readyz")]
    [InlineData("http://[::]:7870", "http://[::1]:7870/readyz")]
    [InlineData("https://+:443; http://10.0.0.1:7870", "http://10.0.0.1:7870/readyz")]
    [InlineData("https://example.org:443", "https://example.org/readyz")]
    public void Address_OfWhatAServerListensAt_CanBeAskedFromItsMachine(string urls, string expected) =>
        Assert.Equal(expected, ReadyCheck.Address(urls).ToString());

    [Fact]
    public async Task Check_ServerReady_EndsWithZero()
    {
        await using var server = await RunningServer.StartAsync();
        await server.ReadyAsync();
        var (code, output, error) = await ServerProcess.RunAsync(["--check", "--urls", server.Address.ToString()]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("\"ready\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ServerWithoutItsStore_EndsWithOneInOneLine()
    {
        await using var server = await RunningServer.StartAsync(services: s => Health.ReadinessTests.AddUnwellStore(s));
        var (code, _, error) = await ServerProcess.RunAsync(["--check", "--urls", server.Address.ToString()]);
        Assert.Equal(1, code);
        Assert.Contains("503", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NoServer_EndsWithOneInOneLine()
    {
        string address;
        await using (var server = await RunningServer.StartAsync())
        {
            address = server.Address.ToString();
        }

        var (code, output, error) = await ServerProcess.RunAsync(["--check", "--urls", address]);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("not ready: ", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
