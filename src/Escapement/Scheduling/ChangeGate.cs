namespace Escapement.Scheduling;

/// <summary>
/// What every change of a schedule meets first, inside its transaction: its install must be there, and the install's bucket must hold a
/// token.
/// </summary>
internal readonly record struct ChangeGate
{
    private readonly TokenBucketTake take;

    private ChangeGate(bool installEnabled, TokenBucketTake take)
    {
        InstallFound = true;
        InstallEnabled = installEnabled;
        this.take = take;
    }

    /// <summary>Whether the install is there. If so, the token must be paid for, whatever becomes of the change.</summary>
    public bool InstallFound { get; }

    public bool InstallEnabled { get; }

    /// <summary>The bucket's level from now on.</summary>
    public double RateLevel => take.Level;

    /// <summary>Why the change may not go on; null when it may.</summary>
    public ScheduleChange? Refusal => (InstallFound, take.Taken) switch
    {
        (false, _) => ScheduleChange.InstallGone,
        (_, false) => ScheduleChange.RateLimited(take.RetryAfter),
        _ => null,
    };

    /// <summary>The gate of an install that is there; <c>default</c> is that of one that is not.</summary>
    /// <param name="installEnabled">Whether it is enabled.</param>
    /// <param name="rateLevel">What its bucket held; null for one that was never used.</param>
    /// <param name="rateAt">When.</param>
    /// <param name="limits">What the change must keep to.</param>
    public static ChangeGate Of(bool installEnabled, double? rateLevel, DateTimeOffset? rateAt, ScheduleChangeLimits limits) =>
        new(installEnabled, limits.Rate.Take(rateLevel, rateAt ?? limits.Now, limits.Now));
}
