using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>What happens after a failure; absent fields have the defaults of <see cref="RetryPolicy"/>.</summary>
internal sealed record RetryJson(
    int? MaxAttempts = null, double? InitialDelaySeconds = null, double? Factor = null, double? MaxDelaySeconds = null)
{
    public static RetryJson Of(RetryPolicy p) => new(p.MaxAttempts, p.InitialDelay.TotalSeconds, p.Factor, p.MaxDelay.TotalSeconds);

    public RetryPolicy ToRetryPolicy()
    {
        var defaults = RetryPolicy.None;
        return new RetryPolicy(
            MaxAttempts ?? defaults.MaxAttempts,
            Seconds(InitialDelaySeconds, defaults.InitialDelay),
            Factor ?? defaults.Factor,
            Seconds(MaxDelaySeconds, defaults.MaxDelay));
    }

    // Numbers that no TimeSpan holds become ones that the policy's own rule refuses.
    private static TimeSpan Seconds(double? value, TimeSpan fallback) =>
        value is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e9)) : fallback;
}
