using System.Text.Json;
using System.Text.Json.Serialization;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A schedule's policy as it is kept: null for the default, which is nearly every schedule's; else what differs from it.</summary>
internal static partial class PolicyJson
{
    public static string? Write(SchedulePolicy policy) =>
        policy == SchedulePolicy.Default ? null : JsonSerializer.Serialize(StoredPolicy.Of(policy), PolicyContext.Default.StoredPolicy);

    public static SchedulePolicy Read(string? json) =>
        json is null ? SchedulePolicy.Default : JsonSerializer.Deserialize(json, PolicyContext.Default.StoredPolicy)!.ToPolicy();

    private static T? Unless<T>(T value, T standard)
        where T : struct => EqualityComparer<T>.Default.Equals(value, standard) ? null : value;

    /// <summary>What is absent is as in the default.</summary>
    internal sealed record StoredPolicy(
        OverlapPolicy? Overlap,
        MissedPolicy? Missed,
        int? MissedMax,
        TimeSpan? CatchUp,
        TimeSpan? Spread,
        RetryPolicy? Retry,
        TimeSpan? TimeLimit,
        int? PauseAfterFailures)
    {
        public static StoredPolicy Of(SchedulePolicy policy)
        {
            var standard = SchedulePolicy.Default;
            return new StoredPolicy(
                Unless(policy.Overlap, standard.Overlap),
                Unless(policy.Missed, standard.Missed),
                Unless(policy.MissedMax, standard.MissedMax),
                policy.CatchUp,
                Unless(policy.Spread, standard.Spread),
                policy.Retry == standard.Retry ? null : policy.Retry,
                policy.TimeLimit,
                Unless(policy.PauseAfterFailures, standard.PauseAfterFailures));
        }

        public SchedulePolicy ToPolicy()
        {
            var standard = SchedulePolicy.Default;
            return new SchedulePolicy
            {
                Overlap = Overlap ?? standard.Overlap,
                Missed = Missed ?? standard.Missed,
                MissedMax = MissedMax ?? standard.MissedMax,
                CatchUp = CatchUp,
                Spread = Spread ?? standard.Spread,
                Retry = Retry ?? standard.Retry,
                TimeLimit = TimeLimit,
                PauseAfterFailures = PauseAfterFailures ?? standard.PauseAfterFailures,
            };
        }
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredPolicy))]
    private sealed partial class PolicyContext : JsonSerializerContext;
}
