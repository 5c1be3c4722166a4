namespace Escapement.Scheduling;

/// <summary>
/// The rate limit on changes of an install's schedules (contract section 3): a burst, then a steady refill. The level is
/// kept with the install in the store, so that the limit holds across nodes and restarts.
/// </summary>
/// <param name="Burst">Changes that may come at once; default 100.</param>
/// <param name="PerMinute">Changes a minute after that; default 60.</param>
internal sealed record TokenBucket(int Burst = 100, double PerMinute = 60)
{
    /// <summary>Takes one token if there is one.</summary>
    /// <param name="level">Tokens left at <paramref name="levelAt"/>; null for a bucket that was never used.</param>
    /// <param name="levelAt">When the level was written; a clock that was set back counts as no time passed.</param>
    /// <param name="now">The instant of the change.</param>
    public TokenBucketTake Take(double? level, DateTimeOffset levelAt, DateTimeOffset now)
    {
        var passed = Math.Max(0, (now - levelAt).TotalMinutes);
        var tokens = level is { } known ? Math.Min(Burst, known + (passed * PerMinute)) : Burst;
        return tokens >= 1
            ? new TokenBucketTake(true, tokens - 1, TimeSpan.Zero)
            : new TokenBucketTake(false, tokens, TimeSpan.FromMinutes((1 - tokens) / PerMinute));
    }
}

/// <summary>What taking a token came to.</summary>
/// <param name="Taken">Whether there was one.</param>
/// <param name="Level">Tokens left, to be stored with the current instant.</param>
/// <param name="RetryAfter">When not taken: how long until there is one.</param>
internal readonly record struct TokenBucketTake(bool Taken, double Level, TimeSpan RetryAfter);
