namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>Where the things under test lie: the server of the same configuration as these tests, and the built bundles.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string ServerAssembly { get; } = Find("src/Escapement.Server", "escapement-server.dll");

    /// <summary>What makes the sample world.</summary>
    public static string SampleWorldAssembly { get; } = Find("scripts/sample-world", "escapement-sample-world.dll");

    /// <summary>A bundle that <c>scripts/build-extensions</c> made; a missing one fails the test and says so.</summary>
    /// <param name="folder">The extension's.</param>
    /// <param name="engine">The JavaScript engine that it was built with.</param>
    public static byte[] Bundle(string folder, string engine = Engine.Default)
    {
        var dist = Path.Combine(Root, folder, "dist", engine == Engine.Default ? "" : engine);
        var bundles = Directory.Exists(dist) ? Directory.GetFiles(dist, "*.tar.zst") : [];
        Assert.True(
            bundles.Length == 1,
            $"There must be one bundle in {dist}, and there are {bundles.Length}. Run: scripts/npm-packages && scripts/build-extensions");
        return File.ReadAllBytes(bundles[0]);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Escapement.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Escapement.slnx");
    }

    private static string Find(string project, string assembly)
    {
        // This assembly lies in bin/<configuration>/<framework>/, and so do the others.
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(FindRoot(), project, "bin", framework.Parent!.Name, framework.Name, assembly);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing; build {project} in the configuration of these tests");
    }
}
