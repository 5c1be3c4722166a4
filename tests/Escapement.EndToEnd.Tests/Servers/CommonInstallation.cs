using System.Net;
using Escapement.EndToEnd.Tests.Bundles;

[assembly: AssemblyFixture(typeof(Escapement.EndToEnd.Tests.Servers.CommonInstallation))]

namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>
/// An installation that is empty but for its token and its key, from which tests get copies. Compiled code is sealed with the key: so a
/// component is compiled once for all of them, and not in each anew.
/// </summary>
public sealed class CommonInstallation : IAsyncDisposable
{
    private readonly Lazy<Task<ServerFolder>> made = new(MakeAsync);

    public async ValueTask DisposeAsync()
    {
        if (made.IsValueCreated)
        {
            (await made.Value).Dispose();
        }
    }

    /// <summary>A folder of a server that nobody has used.</summary>
    internal async Task<ServerFolder> CopyAsync()
    {
        var first = await made.Value;
        var copy = new ServerFolder { Settings = [("ESCAPEMENT__Sandbox__CacheDirectory", Path.Combine(first.Root, "components"))] };
        Directory.CreateDirectory(copy.Data);
        File.Copy(first.Database, copy.Database);
        File.Copy(first.TokenFile, copy.TokenFile);
        return copy;
    }

    private static async Task<ServerFolder> MakeAsync()
    {
        var made = new ServerFolder();
        await using var server = await RealServer.StartAsync(made);

        // The key is made when the first component has been compiled.
        using var published = await server.PublishAsync(BundleFile.Working(1));
        await server.CompiledAsync(BundleFile.Extension);
        using var withdrawn = await server.Client.DeleteAsync($"/api/v1/extensions/{BundleFile.Extension}/versions/1.0.0");
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        await server.StopAsync();
        return made;
    }
}
