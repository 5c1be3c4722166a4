namespace Escapement.Wasm.Native;

/// <summary>What a component asks for under a name.</summary>
internal abstract record ImportedItem(string Name)
{
    internal sealed record Instance(string Name, IReadOnlyList<ImportedItem> Items) : ImportedItem(Name);

    internal sealed record Function(string Name, GuestFunctionType Type) : ImportedItem(Name);

    /// <summary>A core module, for the component to make instances of.</summary>
    internal sealed record Module(string Name) : ImportedItem(Name);

    /// <param name="Name">As the component spells it.</param>
    /// <param name="Number">The same for two names of one resource.</param>
    internal sealed record Resource(string Name, int Number) : ImportedItem(Name);
}
