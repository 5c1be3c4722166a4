namespace Escapement.Faults.Tests.Cluster;

/// <summary>Where the checkout lies, and in it the node's program as it was built with these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string NodeAssembly { get; } = FindNode();

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

    private static string FindNode()
    {
        // This assembly lies in bin/<configuration>/<framework>/, and so does the node's.
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(FindRoot(), "tests", "Escapement.Faults.Node", "bin", framework.Parent!.Name, framework.Name, "Escapement.Faults.Node.dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing; build tests/Escapement.Faults.Tests, which builds it");
    }
}
