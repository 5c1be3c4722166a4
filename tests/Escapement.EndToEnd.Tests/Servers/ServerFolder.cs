namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>What outlives a server's process: its data and its token. Removed at the end of the test.</summary>
internal sealed class ServerFolder : IDisposable
{
    private readonly string root;

    /// <param name="data">The data folder, if it is to lie elsewhere.</param>
    /// <param name="tokenFile">The token's file, if another node made the token.</param>
    public ServerFolder(string? data = null, string? tokenFile = null)
    {
        root = Directory.CreateTempSubdirectory("escapement-e2e-").FullName;
        Data = data ?? Path.Combine(root, "data");
        TokenFile = tokenFile ?? Path.Combine(root, "token");
    }

    public string Root => root;

    public string Data { get; }

    public string Database => Path.Combine(Data, "escapement.db");

    public string TokenFile { get; }

    /// <summary>Settings that every server of this folder has.</summary>
    public (string Name, string Value)[] Settings { get; init; } = [];

    public void Dispose() => Directory.Delete(root, recursive: true);
}
