namespace Escapement.Access;

/// <summary>How making, rotating or revoking a token ended.</summary>
internal abstract record TokenOutcome
{
    private TokenOutcome()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Token">As it is now.</param>
    /// <param name="Secret">What its bearer sends; nobody can be told it again.</param>
    public sealed record Done(ApiToken Token, string Secret) : TokenOutcome;

    /// <summary>It lets nobody in any more.</summary>
    public sealed record Revoked : TokenOutcome;

    /// <summary>It is not as the caller saw it.</summary>
    /// <param name="Current">As it is.</param>
    public sealed record ChangedMeanwhile(ApiToken Current) : TokenOutcome;

    /// <summary>Nobody would be left who may do everything.</summary>
    public sealed record LastOperator : TokenOutcome;

    /// <summary>What was asked for is wrong.</summary>
    public sealed record Invalid(IReadOnlyList<Problem> Problems) : TokenOutcome;

    /// <summary>It would let its bearer do what its maker may not.</summary>
    public sealed record BeyondMaker : TokenOutcome;

    /// <summary>There is no such token, or none that the caller sees.</summary>
    public sealed record NotFound : TokenOutcome;
}
