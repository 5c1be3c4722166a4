namespace Escapement.Wasm.Native;

/// <summary>What a component asks for under a name.</summary>
internal abstract record ImportedItem(string Name)
{
    internal sealed record Instance(string Name, IReadOnlyList<ImportedItem> Items) : ImportedItem(Name);

    /// <param name="Name">As the component spells it.</param>
    /// <param name="Error">What it may answer instead of failing; null when its type has nothing for that.</param>
    internal sealed record Function(string Name, OwnError? Error) : ImportedItem(Name);

    /// <param name="Name">As the component spells it.</param>
    /// <param name="Number">The same for two names of one resource.</param>
    internal sealed record Resource(string Name, int Number) : ImportedItem(Name);
}

/// <summary>The error side of a function's <c>result</c>: a word of its enum, or null for a text of the host's choice.</summary>
internal sealed record OwnError(string? Word);

/// <summary>The types of a component, as far as linking asks for them.</summary>
/// <param name="Imports">In the component's order, without what has no use at run time.</param>
/// <param name="WidestElement">
/// How many values the widest element of any list holds that the component can hand to the host. The engine counts an element as one,
/// whatever it holds.
/// </param>
internal sealed record ComponentShape(IReadOnlyList<ImportedItem> Imports, int WidestElement);
