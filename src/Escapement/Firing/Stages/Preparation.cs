using Escapement.Installs;

namespace Escapement.Firing.Stages;

/// <summary>What preparing a run came to. Closed.</summary>
internal abstract record Preparation
{
    private Preparation()
    {
    }

    /// <summary>It can run.</summary>
    internal sealed record Ready(InstalledExtension Extension) : Preparation;

    /// <summary>It cannot, and this is how it ended.</summary>
    internal sealed record Ended(AttemptEnd End) : Preparation;

    /// <summary>The part of the store that its install lies in is away; it is to be prepared by itself.</summary>
    internal sealed record Away : Preparation;
}
