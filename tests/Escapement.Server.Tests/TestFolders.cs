[assembly: AssemblyFixture(typeof(Escapement.Server.Tests.TestFolders))]

namespace Escapement.Server.Tests;

/// <summary>Data folders for servers. They outlive their servers, because some tests start a second one on them, and go when all tests are over.</summary>
public sealed class TestFolders : IDisposable
{
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("escapement-server-");

    public static string New() => Root.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    public void Dispose() => Root.Delete(recursive: true);
}
