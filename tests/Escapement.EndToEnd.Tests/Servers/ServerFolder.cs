namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>What outlives a server's process: its data and its token. Removed at the end of the test.</summary>
internal sealed class ServerFolder : IDisposable
{
    private readonly string root;

    public ServerFolder(string? data = null)
    {
        root = Directory.CreateTempSubdirectory("escapement-e2e-").FullName;
        Data = data ?? Path.Combine(root, "data");
    }

    public string Root => root;

    public string Data { get; }

    public string Database => Path.Combine(Data, "escapement.db");

    public string TokenFile => Path.Combine(root, "token");

    public void Dispose() => Directory.Delete(root, recursive: true);
}
