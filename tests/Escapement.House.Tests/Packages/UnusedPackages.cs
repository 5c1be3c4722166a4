using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Escapement.House.Tests.Packages;

/// <summary>
/// Finds packages that a project refers to and no source of it uses. What works without being named, such as an analyser or a native library, has a
/// comment above its reference that says so.
/// </summary>
internal static class UnusedPackages
{
    /// <param name="project">The project.</param>
    /// <param name="sources">Its sources, linked ones too.</param>
    /// <param name="shared">What projects in folders around it say: usings for all of its sources.</param>
    /// <param name="references">All that it compiles against.</param>
    /// <param name="assembliesOf">The names of a package's assemblies.</param>
    public static IEnumerable<string> Find(
        ProjectFile project,
        IEnumerable<TextFile> sources,
        IEnumerable<ProjectFile> shared,
        IEnumerable<MetadataReference> references,
        Func<string, IEnumerable<string>> assembliesOf)
    {
        var inQuestion = project.References.Where(reference => !reference.HasReason).ToList();
        if (inQuestion.Count == 0)
        {
            return [];
        }

        var usings = ImplicitUsings.OfAll.Concat(project.IsForWeb ? ImplicitUsings.OfWeb : [])
            .Concat(shared.Append(project).SelectMany(file => file.Usings)).Distinct();
        var global = CSharpSyntaxTree.ParseText(string.Concat(usings.Select(name => $"global using {name};\n")));
        var compilation = CSharpCompilation.Create("project", [global, .. sources.Select(file => CSharpSyntaxTree.ParseText(file.Text))], references);
        return from reference in inQuestion
            where !IsUsed(compilation, assembliesOf(reference.Package).ToHashSet())
            select Message(reference);
    }

    public static string Message(PackageMention reference) =>
        $"{reference.Path}: {reference.Line}: nothing in the project uses {reference.Package}; if it is needed all the same, say why in a comment above";

    // Most names mean something else, so only those are followed that one of the package's assemblies exports.
    private static bool IsUsed(CSharpCompilation compilation, HashSet<string> assemblies)
    {
        var names = compilation.SourceModule.ReferencedAssemblySymbols.Where(assembly => assemblies.Contains(assembly.Name))
            .SelectMany(assembly => Names(assembly.GlobalNamespace)).ToHashSet();
        return compilation.SyntaxTrees.Any(tree =>
        {
            var model = compilation.GetSemanticModel(tree);
            return tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                .Where(name => names.Contains(name.Identifier.ValueText))
                .Select(name => model.GetSymbolInfo(name))
                .SelectMany(info => info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols.AsEnumerable())
                .Any(found => assemblies.Contains(found.ContainingAssembly?.Name ?? ""));
        });
    }

    // Types, attributes also by their short names, and what can be called without naming a type.
    private static IEnumerable<string> Names(INamespaceSymbol space) => space.GetNamespaceMembers().SelectMany(Names).Concat(
        from type in space.GetTypeMembers()
        where type.DeclaredAccessibility == Accessibility.Public
        from name in type.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsExtensionMethod).Select(method => method.Name).Append(type.Name)
            .Append(type.Name.EndsWith("Attribute", StringComparison.Ordinal) ? type.Name[..^"Attribute".Length] : type.Name)
        select name);
}
