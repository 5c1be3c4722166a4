using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests.Packages;

/// <summary>A folder with what <c>scripts/pack</c> makes.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    public string Path { get; } = Directory.CreateTempSubdirectory("escapement-feed-").FullName;

    public async ValueTask InitializeAsync() =>
        await Command.RunAsync(Repository.Root, System.IO.Path.Combine(Repository.Root, "scripts", "pack"), Path);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
