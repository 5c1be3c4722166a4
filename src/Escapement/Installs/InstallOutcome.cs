namespace Escapement.Installs;

/// <summary>How a change of an install ended.</summary>
internal abstract record InstallOutcome
{
    private InstallOutcome()
    {
    }

    /// <summary>Why nothing was changed; null when it was done.</summary>
    public string? Refusal => this switch
    {
        Done => null,
        AlreadyInstalled => "The tenant has this extension already",
        VersionWithdrawn => "The version is withdrawn",
        _ => "Install not found",
    };

    /// <summary>Done; for a removal, as it was before.</summary>
    public sealed record Done(Install Install) : InstallOutcome;

    /// <summary>The tenant has no such install.</summary>
    public sealed record NotFound : InstallOutcome;

    /// <summary>The tenant has this extension already.</summary>
    public sealed record AlreadyInstalled(InstallId Existing) : InstallOutcome;

    /// <summary>The version was withdrawn meanwhile.</summary>
    public sealed record VersionWithdrawn : InstallOutcome;
}
