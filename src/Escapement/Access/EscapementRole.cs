namespace Escapement.Access;

/// <summary>What sort of caller somebody is. What each may do is decided in <see cref="EscapementPrincipal"/> alone.</summary>
public enum EscapementRole
{
    /// <summary>Everything, all tokens and the nodes included.</summary>
    Operator = 1,

    /// <summary>The registry of extensions, or the part of it under some id prefixes.</summary>
    Publisher = 2,

    /// <summary>All that belongs to its tenants, and tokens that may do no more than itself.</summary>
    Admin = 3,

    /// <summary>Reads what an admin of the same tenants reads; no changes, no secrets.</summary>
    Viewer = 4,

    /// <summary>Calls extensions of its tenants on behalf of a platform's users, and nothing else.</summary>
    Gateway = 5,
}
