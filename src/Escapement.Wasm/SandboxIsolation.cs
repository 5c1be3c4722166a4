namespace Escapement.Wasm;

/// <summary>Where guests run, and where their components are compiled.</summary>
public enum SandboxIsolation
{
    /// <summary>In worker processes, which can be limited and killed.</summary>
    Process = 0,

    /// <summary>In the host's own process: for extensions that are trusted.</summary>
    InProcess = 1,
}
