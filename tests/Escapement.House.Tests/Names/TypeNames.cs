using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Escapement.House.Tests.Names;

/// <summary>
/// Finds names that two types have, so that a name has to be looked up before it says anything. The two stores mirror each other, so a name may stand
/// once in each; types that only their own file or type sees are not counted, nor are cases that lie in the type that they are cases of and are called
/// by its name too; a type and its generic namesake in one namespace are one name.
/// </summary>
internal static class TypeNames
{
    private static readonly string[] Stores = ["Escapement.PostgreSql", "Escapement.Sqlite"];

    public static IEnumerable<string> Find(IEnumerable<SyntaxTree> trees) =>
        from type in trees.SelectMany(Declared)
        group type by type.Name into namesakes
        let scopes = namesakes.DistinctBy(type => type.Scope).ToList()
        where scopes.Count > 1 && !AreMirrored(scopes.Select(type => type.Project))
        orderby namesakes.Key
        select $"{namesakes.Key} names {scopes.Count} types: {string.Join(", ", scopes.Select(type => type.Path))}";

    private static bool AreMirrored(IEnumerable<string> projects) => projects.Order(StringComparer.Ordinal).SequenceEqual(Stores);

    private static IEnumerable<(string Name, string Scope, string Project, string Path)> Declared(SyntaxTree tree) =>
        from type in tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
        let name = Name(type)
        where name is not null && !IsHidden(type) && !IsCase(type)
        let scope = type.Ancestors().Select(outer => Name(outer) ?? (outer as BaseNamespaceDeclarationSyntax)?.Name.ToString()).OfType<string>()
        select (name, string.Join('.', scope.Reverse()), tree.FilePath.Split('/')[1], tree.FilePath);

    private static string? Name(SyntaxNode node) => node switch
    {
        ExtensionBlockDeclarationSyntax => null,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    // A nested type is private where nothing is said.
    private static bool IsHidden(MemberDeclarationSyntax type)
    {
        var modifiers = type.Modifiers.Select(modifier => modifier.Kind()).ToList();
        var isOpen = modifiers.Any(modifier => modifier is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);
        return modifiers.Contains(SyntaxKind.FileKeyword) || (type.Parent is TypeDeclarationSyntax and not InterfaceDeclarationSyntax && !isOpen);
    }

    private static bool IsCase(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax { BaseList: { } bases } && type.Parent is TypeDeclarationSyntax whole
        && bases.Types.Any(known => known.Type is SimpleNameSyntax name && name.Identifier.ValueText == whole.Identifier.ValueText);
}
