namespace Escapement.Scheduling;

/// <summary>The fields of a policy, as changes are written down and taken back by.</summary>
internal static class PolicyFields
{
    public static IReadOnlyList<PolicyField> All { get; } =
    [
        new(
            "policy.overlap",
            p => FieldJson.Text(p.Overlap == OverlapPolicy.QueueOne ? "queue-one" : "skip"),
            (p, v) => p with { Overlap = FieldJson.TextOf(v) == "queue-one" ? OverlapPolicy.QueueOne : OverlapPolicy.Skip }),
        new(
            "policy.missed",
            p => FieldJson.Text(p.Missed switch { MissedPolicy.None => "none", MissedPolicy.All => "all", _ => "latest" }),
            (p, v) => p with { Missed = FieldJson.TextOf(v) switch { "none" => MissedPolicy.None, "all" => MissedPolicy.All, _ => MissedPolicy.Latest } }),
        new("policy.missedMax", p => FieldJson.Number(p.MissedMax), (p, v) => p with { MissedMax = (int)FieldJson.NumberOf(v)! }),
        new(
            "policy.catchUpMinutes",
            p => FieldJson.Number(p.CatchUp?.TotalMinutes),
            (p, v) => p with { CatchUp = FieldJson.NumberOf(v) is { } minutes ? TimeSpan.FromMinutes(minutes) : null }),
        new(
            "policy.spreadSeconds",
            p => FieldJson.Number(p.Spread.TotalSeconds),
            (p, v) => p with { Spread = TimeSpan.FromSeconds(FieldJson.NumberOf(v)!.Value) }),
        new("policy.retry", p => FieldJson.Of(p.Retry), (p, v) => p with { Retry = FieldJson.RetryOf(v!) }),
        new(
            "policy.timeLimitSeconds",
            p => FieldJson.Number(p.TimeLimit?.TotalSeconds),
            (p, v) => p with { TimeLimit = FieldJson.NumberOf(v) is { } seconds ? TimeSpan.FromSeconds(seconds) : null }),
        new(
            "policy.pauseAfterFailures",
            p => FieldJson.Number(p.PauseAfterFailures),
            (p, v) => p with { PauseAfterFailures = (int)FieldJson.NumberOf(v)! }),
    ];
}

/// <summary>A field of a policy.</summary>
/// <param name="Name">As the API spells it.</param>
/// <param name="Read">Its value as JSON; null for the host's.</param>
/// <param name="Write">A policy with another value.</param>
internal sealed record PolicyField(string Name, Func<SchedulePolicy, string?> Read, Func<SchedulePolicy, string?, SchedulePolicy> Write);
