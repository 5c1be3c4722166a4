using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>
/// What creating and changing take: the guide's fields, and the admin's policy. An absent or null field gets its default, or stays as
/// it is; an empty string clears name and payload.
/// </summary>
internal sealed record ScheduleRequest(
    string? Endpoint = null,
    string? Cron = null,
    string? Timezone = null,
    bool? Enabled = null,
    string? Name = null,
    string? Payload = null,
    SchedulePolicyJson? Policy = null)
{
    public ScheduleInput ToInput() => new(Endpoint, Cron, Timezone, Enabled, Name, Payload) { Policy = Policy?.ToInput() };
}
