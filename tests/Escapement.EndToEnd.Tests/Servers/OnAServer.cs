namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>Tests that have a server of their own each, as people start it, with a folder of its own.</summary>
public abstract class OnAServer : IAsyncLifetime
{
    private protected ServerFolder Folder { get; } = new();

    /// <summary>The server; a test that starts it again puts the new one here.</summary>
    private protected RealServer Server { get; set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RealServer.StartAsync(Folder);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
