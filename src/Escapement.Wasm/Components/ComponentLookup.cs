namespace Escapement.Wasm.Components;

/// <summary>A component ready to run; or why there will be none; or, when neither is there, that it is not compiled yet.</summary>
internal readonly record struct ComponentLookup(LoadedComponent? Component, string? Failure)
{
    /// <summary>Whether it may be asked for again.</summary>
    public bool IsNotCompiled => Component is null && Failure is null;
}
