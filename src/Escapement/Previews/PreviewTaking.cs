namespace Escapement.Previews;

/// <summary>How taking a preview, to commit it, ended.</summary>
internal abstract record PreviewTaking
{
    private PreviewTaking()
    {
    }

    /// <summary>The caller has it, and nobody else can have it any more.</summary>
    public sealed record Taken(Preview Preview) : PreviewTaking;

    /// <summary>There is no such preview of this kind, caller and tenant.</summary>
    public sealed record Unknown : PreviewTaking;

    /// <summary>It was shown too long ago.</summary>
    public sealed record Expired : PreviewTaking;

    /// <summary>It was used up before.</summary>
    public sealed record UsedUp : PreviewTaking;
}
