using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Escapement.House.Tests.Rooms;

/// <summary>
/// Follows every name of the sources to the room that declares it. A room knows what it names and whose members it uses; it does not know
/// what it only passes on, nor what its documentation refers to.
/// </summary>
internal sealed class DependenceReader(CSharpCompilation compilation, IReadOnlySet<string> frontDoors)
{
    private static readonly SymbolDisplayFormat WithType = new(memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    private readonly ConcurrentDictionary<ISymbol, Room[]> declaring = new(SymbolEqualityComparer.Default);

    /// <summary>All dependences, in the order of files and lines.</summary>
    public IReadOnlyList<Dependence> Read() =>
        [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).AsParallel().AsOrdered().SelectMany(tree => Read(tree).ToList())];

    private IEnumerable<Dependence> Read(SyntaxTree tree)
    {
        var model = compilation.GetSemanticModel(tree);
        var own = Room.Of(tree.FilePath, frontDoors);
        return from node in tree.GetRoot().DescendantNodes()
            from symbol in Uses.Of(node, model)
            let rooms = declaring.GetOrAdd(symbol, Declaring)
            where !rooms.Contains(own)
            from room in rooms
            select new Dependence(own, room, symbol.ToDisplayString(WithType), tree.FilePath, tree.GetLineSpan(node.Span).StartLinePosition.Line + 1);
    }

    // A type that several files declare belongs to the rooms of them all.
    private Room[] Declaring(ISymbol symbol)
    {
        for (var at = symbol; at is not (null or INamespaceSymbol); at = at.ContainingSymbol)
        {
            if (!at.DeclaringSyntaxReferences.IsEmpty)
            {
                return [.. at.DeclaringSyntaxReferences.Select(declaration => Room.Of(declaration.SyntaxTree.FilePath, frontDoors)).Distinct()];
            }
        }

        return [];
    }
}
