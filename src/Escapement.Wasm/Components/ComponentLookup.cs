namespace Escapement.Wasm.Components;

/// <summary>A component ready to run, or why there is none.</summary>
internal readonly record struct ComponentLookup(LoadedComponent? Component, string? Failure);
