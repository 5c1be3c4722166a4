namespace Escapement.AspNetCore;

/// <summary>
/// What a node does. Guest code of schedules runs where <see cref="Firing"/> is; of requests through the gateway, where
/// <see cref="Api"/> is.
/// </summary>
[Flags]
public enum EscapementRoles
{
    /// <summary>Nothing; refused at start.</summary>
    None = 0,

    /// <summary>The HTTP API, the gateway and the first token.</summary>
    Api = 1,

    /// <summary>Firing what is due, and retention.</summary>
    Firing = 2,
}
