namespace Escapement.Wasm.Components;

/// <summary>A component ready to run; or why there will be none; or, when it is not compiled yet, what its runs wait for.</summary>
internal readonly record struct ComponentLookup(LoadedComponent? Component, string? Failure, string? Waits = null)
{
    /// <summary>Whether it may be asked for again.</summary>
    public bool IsNotCompiled => Component is null && Failure is null;
}
