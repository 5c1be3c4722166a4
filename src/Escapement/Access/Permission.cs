namespace Escapement.Access;

/// <summary>What a route asks of its caller.</summary>
internal enum Permission
{
    /// <summary>Reading what the API is like.</summary>
    ReadDescription,

    /// <summary>Reading what is published.</summary>
    ReadRegistry,

    /// <summary>Publishing.</summary>
    Publish,

    /// <summary>Reading what belongs to a tenant.</summary>
    ReadTenant,

    /// <summary>Changing what belongs to a tenant.</summary>
    ChangeTenant,

    /// <summary>Reading tokens, which show no secrets.</summary>
    ReadTokens,

    /// <summary>Making, rotating and revoking tokens.</summary>
    ChangeTokens,

    /// <summary>Calling extensions.</summary>
    CallExtensions,

    /// <summary>Reading what concerns the node and all of its tenants.</summary>
    ReadNode,

    /// <summary>Changing what concerns all tenants; an operator's alone.</summary>
    ChangeHost,
}
