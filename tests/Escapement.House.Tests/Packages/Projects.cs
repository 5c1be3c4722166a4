using System.Xml.Linq;
using Escapement.House.Tests.Files;

namespace Escapement.House.Tests.Packages;

/// <summary>The projects of this checkout. Those outside of the solution need packages that a newcomer should not have to fetch.</summary>
internal static class Projects
{
    /// <summary>Every project and file of shared settings that git tracks, of the solution or not.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. TrackedFiles.All.Where(file => Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets").Select(file => new ProjectFile(file))];

    /// <summary>The packages that projects refer to and do not use.</summary>
    public static IReadOnlyList<string> FindUnusedPackages()
    {
        var solution = XDocument.Parse(Repository.Read("Escapement.slnx")).Descendants("Project")
            .Select(project => (string)project.Attribute("Path")!).ToHashSet();
        return [.. All.AsParallel().AsOrdered().SelectMany(file => solution.Contains(file.Path) || !file.IsProject ? Follow(file) : Read(file))];
    }

    private static IEnumerable<string> Read(ProjectFile project) => UnnamedPackages.Find(project, Sources(project), SharedWith(project));

    private static IEnumerable<string> Follow(ProjectFile project)
    {
        // What is shared has no sources of its own, so each reference in it needs its reason.
        var restored = project.IsProject ? RestoredPackages.Read(Path.Combine(Repository.Root, project.Folder)) : null;
        var paths = (restored?.Assemblies() ?? []).Concat(References.Running).DistinctBy(Path.GetFileName);
        return UnusedPackages.Find(
            project,
            project.IsProject ? Sources(project) : [],
            SharedWith(project),
            References.Of(paths),
            package => (restored?.AssembliesOf(package) ?? []).Select(path => Path.GetFileNameWithoutExtension(path)));
    }

    private static IEnumerable<TextFile> Sources(ProjectFile project) => TrackedFiles.All.Where(file => IsSource(file.Path, project));

    private static IEnumerable<ProjectFile> SharedWith(ProjectFile project) =>
        All.Where(file => !file.IsProject && project.Folder.StartsWith(file.Folder, StringComparison.Ordinal));

    private static bool IsSource(string path, ProjectFile project) =>
        path.EndsWith(".cs", StringComparison.Ordinal)
        && (path.StartsWith(project.Folder + "/", StringComparison.Ordinal) || project.LinkedSources.Any(pattern => IsLinked(path, pattern, project)));

    // Of a pattern only the part before its first star counts.
    private static bool IsLinked(string path, string pattern, ProjectFile project)
    {
        var absolute = Path.GetFullPath(Path.Combine(Repository.Root, project.Folder, pattern.Split('*')[0]));
        var full = Path.GetRelativePath(Repository.Root, absolute).Replace('\\', '/');
        return pattern.Contains('*', StringComparison.Ordinal) ? path.StartsWith(full, StringComparison.Ordinal) : path == full;
    }
}
