namespace Escapement.Runs;

/// <summary>What a run waited for that started late, as far as the node knows that started it.</summary>
internal enum RunWait
{
    /// <summary>Its install had as many runs under way as it may.</summary>
    InstallLimit = 1,

    /// <summary>Its tenant had.</summary>
    TenantLimit = 2,

    /// <summary>The node had no slot free.</summary>
    Slots = 3,
}
