namespace Escapement.House.Tests.Packages;

/// <summary>Finds versions of packages that no project refers to, and that no comment above them explains.</summary>
internal static class UnusedVersions
{
    public static IEnumerable<string> Find(IReadOnlyCollection<ProjectFile> files)
    {
        var referred = files.SelectMany(file => file.References).Select(reference => reference.Package).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return from version in files.SelectMany(file => file.Versions)
            where !version.HasReason && !referred.Contains(version.Package)
            select $"{version.Path}: {version.Line}: no project refers to {version.Package}; if its version matters all the same, say why in a comment above";
    }
}
