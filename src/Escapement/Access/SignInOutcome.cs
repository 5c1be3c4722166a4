namespace Escapement.Access;

/// <summary>How signing a browser in ended.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>Its session has begun; the secret is the cookie's.</summary>
    public sealed record Begun(ConsoleSession Session, string Secret) : SignInOutcome;

    /// <summary>What was brought lets nobody in.</summary>
    public sealed record Unknown : SignInOutcome;

    /// <summary>Whoever it lets in may do nothing that a browser's session is for, nor end it.</summary>
    public sealed record NotForBrowsers : SignInOutcome;
}
