using Escapement.Audit;

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
        Refused refused => string.Join("; ", refused.Problems.Select(p => p.Message)),
        _ => "Install not found",
    };

    /// <summary>The install in a few words, for the audit; null unless done.</summary>
    public string? Detail => this is Done { Install: var install } ? $"{install.ExtensionId}; granted: {Grants.Say(install.Granted)}" : null;

    /// <summary>Done; for a removal, as it was before.</summary>
    /// <param name="Install">The install.</param>
    /// <param name="Changes">The fields that changed, for the audit.</param>
    public sealed record Done(Install Install, FieldChanges Changes) : InstallOutcome;

    /// <summary>An install that became another, or came to be.</summary>
    public static Done Changed(Install? before, Install after) => new(after, InstallFields.Changes(before, after));

    /// <summary>An install that is there no more.</summary>
    public static Done Removed(Install before) => new(before, InstallFields.Changes(before, null));

    /// <summary>The fields that changed; none unless done.</summary>
    public FieldChanges Fields => this is Done { Changes: var changes } ? changes : FieldChanges.None;

    /// <summary>The tenant has no such install.</summary>
    public sealed record NotFound : InstallOutcome;

    /// <summary>The tenant has this extension already.</summary>
    public sealed record AlreadyInstalled(InstallId Existing) : InstallOutcome;

    /// <summary>The version was withdrawn meanwhile.</summary>
    public sealed record VersionWithdrawn : InstallOutcome;

    /// <summary>It is not as its caller saw it.</summary>
    public static Refused ChangedMeanwhile { get; } =
        new([new Problem("installId", "changed-meanwhile", "The install was changed since it was looked at; look at it again")]);

    /// <summary>What the transaction found forbids it.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : InstallOutcome;
}
