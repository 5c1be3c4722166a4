using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Escapement.House.Tests.Packages;

/// <summary>
/// Finds packages whose namespace no source of the project uses. It needs no restored packages, so it is for projects outside of the solution, and it
/// believes a using directive, where <see cref="UnusedPackages"/> follows each name.
/// </summary>
internal static class UnnamedPackages
{
    /// <param name="project">The project.</param>
    /// <param name="sources">Its sources.</param>
    /// <param name="shared">What projects in folders around it say: usings for all of its sources.</param>
    public static IEnumerable<string> Find(ProjectFile project, IEnumerable<TextFile> sources, IEnumerable<ProjectFile> shared)
    {
        var used = sources.SelectMany(Usings).Concat(shared.Append(project).SelectMany(file => file.Usings)).ToHashSet();
        return from reference in project.References
            where !reference.HasReason && !used.Any(name => IsOf(name, reference.Package))
            select UnusedPackages.Message(reference);
    }

    private static IEnumerable<string> Usings(TextFile source) =>
        CSharpSyntaxTree.ParseText(source.Text).GetCompilationUnitRoot().Usings.Select(directive => directive.NamespaceOrType.ToString());

    // Hangfire.Core has the namespace Hangfire.
    private static bool IsOf(string used, string package)
    {
        const string core = ".Core";
        var space = package.EndsWith(core, StringComparison.Ordinal) ? package[..^core.Length] : package;
        return used == space || used.StartsWith(space + ".", StringComparison.Ordinal);
    }
}
