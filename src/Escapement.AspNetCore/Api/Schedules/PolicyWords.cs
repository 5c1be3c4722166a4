using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>The words of a policy. One that nobody knows becomes a value that the policy's own rule refuses, so that all wrong fields are named.</summary>
internal static class PolicyWords
{
    private const int Unknown = -1;

    public static string Of(OverlapPolicy overlap) => overlap == OverlapPolicy.QueueOne ? "queue-one" : "skip";

    public static string Of(MissedPolicy missed) => missed switch
    {
        MissedPolicy.None => "none",
        MissedPolicy.All => "all",
        _ => "latest",
    };

    public static OverlapPolicy? Overlap(string? word) => word switch
    {
        null => null,
        "skip" => OverlapPolicy.Skip,
        "queue-one" => OverlapPolicy.QueueOne,
        _ => (OverlapPolicy)Unknown,
    };

    public static MissedPolicy? Missed(string? word) => word switch
    {
        null => null,
        "latest" => MissedPolicy.Latest,
        "none" => MissedPolicy.None,
        "all" => MissedPolicy.All,
        _ => (MissedPolicy)Unknown,
    };
}
