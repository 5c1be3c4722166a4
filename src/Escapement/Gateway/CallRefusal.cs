namespace Escapement.Gateway;

/// <summary>Whose queue is full, so that a call is refused.</summary>
public enum CallRefusal
{
    /// <summary>The install's.</summary>
    Install,

    /// <summary>The tenant's.</summary>
    Tenant,

    /// <summary>The node's.</summary>
    Node,
}
