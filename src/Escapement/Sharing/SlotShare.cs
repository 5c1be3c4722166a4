namespace Escapement.Sharing;

/// <summary>What one kind of work has of a node's slots.</summary>
/// <param name="Most">How many it may have at once.</param>
/// <param name="Reserved">How many nobody else may take.</param>
/// <param name="PerTenant">How many one tenant may have of them.</param>
/// <param name="PerInstall">How many one install may have of them.</param>
internal sealed record SlotShare(int Most, int Reserved, int PerTenant, int PerInstall)
{
    internal static SlotShare None { get; } = new(0, 0, 0, 0);
}
