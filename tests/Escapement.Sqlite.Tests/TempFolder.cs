namespace Escapement.Sqlite.Tests;

/// <summary>A folder that goes with the test.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("escapement-").FullName;

    public string Database => System.IO.Path.Combine(Path, "escapement.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
