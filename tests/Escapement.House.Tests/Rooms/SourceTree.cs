namespace Escapement.House.Tests.Rooms;

/// <summary>The files of all projects under src/.</summary>
internal static class SourceTree
{
    public static IReadOnlyList<TextFile> CSharp() => Read("*.cs");

    public static IReadOnlyList<TextFile> Sql() => Read("*.sql");

    /// <summary>The projects that get the usings of ASP.NET Core without saying so.</summary>
    public static IReadOnlySet<string> WebProjects() =>
        Read("*.csproj").Where(file => file.Text.Contains("Microsoft.NET.Sdk.Web", StringComparison.Ordinal))
            .Select(file => file.Path.Split('/')[1]).ToHashSet();

    private static List<TextFile> Read(string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new TextFile(path, Repository.Read(path)))];
}
