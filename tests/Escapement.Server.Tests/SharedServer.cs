namespace Escapement.Server.Tests;

/// <summary>A server for all tests of a class that leave it as it was: a start takes longer than most of them.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    /// <summary>A client of its own for each test, without a token.</summary>
    internal HttpClient NewClient() => new() { BaseAddress = Server.Address };

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
