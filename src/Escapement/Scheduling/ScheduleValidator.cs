using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>The rules of contract section 3 on what a create or an update may say; the one validator behind the host API and the HTTP API.</summary>
internal static class ScheduleValidator
{
    /// <summary>Checks a create: endpoint and cron are needed, the rest have defaults.</summary>
    /// <param name="input">As the caller gave it.</param>
    /// <param name="endpoints">Those of the installed version.</param>
    /// <param name="limits">The host's.</param>
    public static ScheduleEdit CheckCreate(ScheduleInput input, IReadOnlyList<Endpoint> endpoints, ScheduleLimits limits)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CheckUpdate(
            input with
            {
                Endpoint = input.Endpoint ?? "",
                Cron = input.Cron ?? "",
                Timezone = string.IsNullOrWhiteSpace(input.Timezone) ? TimeZones.Default : input.Timezone,
                Enabled = input.Enabled ?? true,
            },
            endpoints,
            limits);
    }

    /// <summary>Checks an update: an absent field stays, <c>""</c> clears name and payload.</summary>
    /// <param name="input">As the caller gave it.</param>
    /// <param name="endpoints">Those of the installed version.</param>
    /// <param name="limits">The host's.</param>
    public static ScheduleEdit CheckUpdate(ScheduleInput input, IReadOnlyList<Endpoint> endpoints, ScheduleLimits limits)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(endpoints);
        var errors = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        void Note(string field, string? message)
        {
            if (message is not null)
            {
                errors.Add(field, message);
            }
        }

        EndpointKey? endpoint = null;
        if (input.Endpoint is not null)
        {
            Note("endpoint", string.IsNullOrWhiteSpace(input.Endpoint)
                ? $"{ScheduleMessages.EndpointNotSchedulable}: none is named; write METHOD /path"
                : SchedulableEndpoint.Find(EndpointSelector.Parse(input.Endpoint), endpoints, out endpoint));
        }

        var cron = input.Cron is null ? default : Cron.Check(input.Cron);
        Note("cron", cron.Message);

        var zone = TimeZones.Canonical(input.Timezone?.Trim());
        if (input.Timezone is not null && zone is null)
        {
            Note("timezone", ScheduleMessages.UnknownTimeZone(input.Timezone));
        }

        string? name = null;
        Note("name", input.Name is null ? null : ScheduleName.Read(input.Name, out name));

        var payload = string.IsNullOrEmpty(input.Payload) ? null : input.Payload;
        Note("payload", payload is null ? null : SchedulePayload.Fault(payload));

        foreach (var problem in input.Policy?.Validate("policy", limits.MaxTimeLimit) ?? [])
        {
            errors[problem.Path] = problem.Message;
        }

        return new ScheduleEdit
        {
            FieldErrors = errors,
            Endpoint = endpoint,
            Cron = cron.Text,
            TimeZone = zone,
            Enabled = input.Enabled,
            Name = name,
            NameGiven = input.Name is not null,
            Payload = payload,
            PayloadGiven = input.Payload is not null,
            Policy = input.Policy,
        };
    }
}
