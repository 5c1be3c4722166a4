namespace Escapement.Bench;

/// <summary>The server as it was built beside the benchmarks, for those that start it as users do.</summary>
internal static class BuiltServer
{
    /// <summary>Its assembly.</summary>
    /// <exception cref="FileNotFoundException">It was not built in Release.</exception>
    public static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Escapement.slnx")))
        {
            root = root.Parent;
        }

        var program = Path.Combine(root?.FullName ?? ".", "src/Escapement.Server/bin/Release/net10.0/escapement-server.dll");
        return File.Exists(program)
            ? program
            : throw new FileNotFoundException($"Build the server first: dotnet build src/Escapement.Server -c Release ({program})");
    }
}
