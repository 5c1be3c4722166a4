using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Escapement.House.Tests.Rooms;

/// <summary>What one piece of syntax uses of what is declared in files: types and their members.</summary>
internal static class Uses
{
    public static IEnumerable<ISymbol> Of(SyntaxNode node, SemanticModel model) => Named(node, model).Where(IsDeclaredInFiles).Select(Original);

    /// <summary>Whether it is a name that nothing declares.</summary>
    public static bool IsUnknown(SyntaxNode node, SemanticModel model) =>
        node is SimpleNameSyntax { IsVar: false, Parent: not NameEqualsSyntax, Identifier.ValueText: not ("nameof" or "notnull" or "unmanaged") }
        && model.GetSymbolInfo(node) is { Symbol: null, CandidateSymbols.IsEmpty: true };

    private static IEnumerable<ISymbol> Named(SyntaxNode node, SemanticModel model) => node switch
    {
        IdentifierNameSyntax { IsVar: true } => [],
        SimpleNameSyntax => Found(model.GetSymbolInfo(node)),

        // Uses without a name.
        ImplicitObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or BinaryExpressionSyntax => Found(model.GetSymbolInfo(node)),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } deconstruction =>
            model.GetDeconstructionInfo(deconstruction).Method is { } method ? [method] : [],
        _ => [],
    };

    // A name inside nameof stands for all methods of that name.
    private static IEnumerable<ISymbol> Found(SymbolInfo info) => info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;

    private static bool IsDeclaredInFiles(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol =>
            symbol.ContainingType is not { IsTupleType: true } and not { IsAnonymousType: true } && symbol is not INamedTypeSymbol { IsTupleType: true },
        _ => false,
    };

    private static ISymbol Original(ISymbol symbol) => (symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol).OriginalDefinition;
}
