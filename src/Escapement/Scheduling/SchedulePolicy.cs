namespace Escapement.Scheduling;

/// <summary>How the host carries a schedule out: the admin's alone, kept as one value.</summary>
public sealed record SchedulePolicy
{
    /// <summary>What every schedule has until an admin says otherwise.</summary>
    public static SchedulePolicy Default { get; } = new();

    /// <summary>What happens after a failure; default: nothing.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;
}

/// <summary>What of a policy is to change; null stays as it is.</summary>
/// <param name="Retry">What happens after a failure.</param>
public sealed record SchedulePolicyInput(RetryPolicy? Retry = null)
{
    /// <summary>Every value that is out of its range; empty when all are good.</summary>
    internal IReadOnlyList<Problem> Validate(string path) => Retry?.Validate($"{path}.retry") ?? [];

    internal SchedulePolicy ApplyTo(SchedulePolicy before) => before with { Retry = Retry ?? before.Retry };
}
