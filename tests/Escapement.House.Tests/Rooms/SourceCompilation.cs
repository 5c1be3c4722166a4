using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.House.Tests.Rooms;

/// <summary>The sources of all projects as one compilation, so that a name can be followed from any room to any other.</summary>
internal static class SourceCompilation
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    // What Microsoft.NET.Sdk.Web adds.
    private static readonly string[] ImplicitUsingsOfWeb =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    // Everything that this program runs on and with; the product's own assemblies are here as sources.
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("escapement", StringComparison.OrdinalIgnoreCase))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Make(IEnumerable<TextFile> files, IReadOnlySet<string> webProjects)
    {
        var trees = files.AsParallel().AsOrdered().Select(file => Parse(file, webProjects)).ToList();
        var global = CSharpSyntaxTree.ParseText(Usings("global using", ImplicitUsings), Parsing);
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Disable);
        return CSharpCompilation.Create("src", [global, .. trees], References, options);
    }

    // The usings of a web project hold in that project only. They stand in the first line, so that all lines keep their numbers.
    private static SyntaxTree Parse(TextFile file, IReadOnlySet<string> webProjects)
    {
        var prefix = webProjects.Contains(file.Path.Split('/')[1]) ? Usings("using", ImplicitUsingsOfWeb) : "";
        return CSharpSyntaxTree.ParseText(prefix + file.Text, Parsing, file.Path);
    }

    private static string Usings(string keyword, IEnumerable<string> namespaces) => string.Concat(namespaces.Select(name => $"{keyword} {name}; "));
}
