namespace Escapement.Scheduling;

/// <summary>
/// What every change of a schedule meets first, inside its transaction: its install must be there, and the install's bucket must hold a
/// token.
/// </summary>
internal readonly record struct ChangeGate
{
    private readonly TokenBucketTake take;

    private ChangeGate(bool installEnabled, TokenBucketTake take, bool pays)
    {
        Pays = pays;
        InstallFound = true;
        InstallEnabled = installEnabled;
        this.take = take;
    }

    /// <summary>Whether the install is there.</summary>
    public bool InstallFound { get; }

    /// <summary>
    /// Whether the bucket is to be written, whatever becomes of the change. Where there is no token, what is stored says as much as what
    /// would be: a guest in a loop costs the disk nothing. Unless the clock was set back, from where the bucket fills again.
    /// </summary>
    public bool Pays { get; }

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

    /// <summary>The gate of an install for changes that take no token.</summary>
    public static ChangeGate Free(bool installEnabled) => new(installEnabled, new TokenBucketTake(true, 0, TimeSpan.Zero), pays: false);

    /// <summary>The gate of an install that is there; <c>default</c> is that of one that is not.</summary>
    /// <param name="installEnabled">Whether it is enabled.</param>
    /// <param name="rateLevel">What its bucket held; null for one that was never used.</param>
    /// <param name="rateAt">When.</param>
    /// <param name="limits">What the change must keep to.</param>
    public static ChangeGate Of(bool installEnabled, double? rateLevel, DateTimeOffset? rateAt, ScheduleChangeLimits limits)
    {
        if (limits.IsFree)
        {
            return Free(installEnabled);
        }

        var take = limits.Rate.Take(rateLevel, rateAt ?? limits.Now, limits.Now);
        return new ChangeGate(installEnabled, take, take.Taken || limits.Now < rateAt);
    }
}
