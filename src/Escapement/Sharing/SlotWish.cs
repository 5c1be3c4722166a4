namespace Escapement.Sharing;

/// <summary>What an operator wants one kind of work to have of a node's slots. Null leaves it to the number of slots.</summary>
/// <param name="Most">How many it may have at once.</param>
/// <param name="Reserved">How many nobody else may take.</param>
/// <param name="PerTenant">How many one tenant may have of them.</param>
/// <param name="PerInstall">How many one install may have of them.</param>
internal sealed record SlotWish(int? Most = null, int? Reserved = null, int? PerTenant = null, int? PerInstall = null);
