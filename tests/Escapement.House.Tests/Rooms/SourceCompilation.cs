using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.House.Tests.Rooms;

/// <summary>The sources of all projects as one compilation, so that a name can be followed from any room to any other.</summary>
internal static class SourceCompilation
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None);

    public static CSharpCompilation Make(IEnumerable<TextFile> files, IReadOnlySet<string> webProjects)
    {
        var trees = files.AsParallel().AsOrdered().Select(file => Parse(file, webProjects)).ToList();
        var global = CSharpSyntaxTree.ParseText(Usings("global using", ImplicitUsings.OfAll), Parsing);
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Disable);
        return CSharpCompilation.Create("src", [global, .. trees], Product(), options);
    }

    // The product's own assemblies are here as sources.
    private static IEnumerable<MetadataReference> Product() =>
        References.Of(References.Running.Where(path => !Path.GetFileName(path).StartsWith("escapement", StringComparison.OrdinalIgnoreCase)));

    // The usings of a web project hold in that project only. They stand in the first line, so that all lines keep their numbers.
    private static SyntaxTree Parse(TextFile file, IReadOnlySet<string> webProjects)
    {
        var prefix = webProjects.Contains(file.Path.Split('/')[1]) ? Usings("using", ImplicitUsings.OfWeb) : "";
        return CSharpSyntaxTree.ParseText(prefix + file.Text, Parsing, file.Path);
    }

    private static string Usings(string keyword, IEnumerable<string> namespaces) => string.Concat(namespaces.Select(name => $"{keyword} {name}; "));
}
