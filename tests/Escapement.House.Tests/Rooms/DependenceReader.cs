using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.House.Tests.Rooms;

/// <summary>
/// Follows every name of the sources to the room that declares it. A room knows what it names and whose members it uses; it does not know
/// what it only passes on, nor what its documentation refers to.
/// </summary>
internal sealed class DependenceReader
{
    private static readonly SymbolDisplayFormat WithType = new(memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    private readonly CSharpCompilation compilation;
    private readonly IReadOnlySet<string> frontDoors;
    private readonly ConcurrentDictionary<ISymbol, Room[]> declaring = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<string> unknown = [];

    public DependenceReader(CSharpCompilation compilation, IReadOnlySet<string> frontDoors)
    {
        this.compilation = compilation;
        this.frontDoors = frontDoors;
        Dependences = [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).AsParallel().AsOrdered().SelectMany(Read)];
    }

    /// <summary>All dependences, in the order of files and lines.</summary>
    public IReadOnlyList<Dependence> Dependences { get; }

    /// <summary>Names that nothing declares, so that a dependence may be missing: an assembly is not referred to, or a generator would have made it.</summary>
    public IReadOnlyCollection<string> Unknown => unknown;

    private List<Dependence> Read(SyntaxTree tree)
    {
        List<Dependence> found = [];
        var model = compilation.GetSemanticModel(tree);
        var own = Room.Of(tree.FilePath, frontDoors);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (Uses.IsUnknown(node, model))
            {
                unknown.Add($"{tree.FilePath}: {Line(node)}: {node}");
            }

            found.AddRange(
                from symbol in Uses.Of(node, model)
                let rooms = declaring.GetOrAdd(symbol, Declaring)
                where !rooms.Contains(own)
                from room in rooms
                select new Dependence(own, room, symbol.ToDisplayString(WithType), tree.FilePath, Line(node)));
        }

        return found;
    }

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

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
