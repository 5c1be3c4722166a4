namespace Escapement.Scheduling;

/// <summary>
/// What a create or an update of a schedule asks for, as the caller gave it: it may be wrong in every field. Null is an absent
/// field, which a create gives its default and an update leaves as it is.
/// </summary>
/// <param name="Endpoint"><c>METHOD /path</c>, or a bare path; a create needs it.</param>
/// <param name="Cron">Five fields; a create needs it.</param>
/// <param name="Timezone">An IANA zone; default <c>UTC</c>.</param>
/// <param name="Enabled">Whether it fires; default true.</param>
/// <param name="Name">At most 128 characters; <c>""</c> for none.</param>
/// <param name="Payload">A JSON object or array; <c>""</c> for none.</param>
public sealed record ScheduleInput(
    string? Endpoint = null, string? Cron = null, string? Timezone = null, bool? Enabled = null, string? Name = null, string? Payload = null)
{
    /// <summary>The admin's part; extensions cannot set it.</summary>
    public SchedulePolicyInput? Policy { get; init; }

    /// <summary>The names of the fields that are given, for the audit.</summary>
    internal IEnumerable<string> Given()
    {
        (string Name, bool Given)[] fields =
        [
            ("endpoint", Endpoint is not null), ("cron", Cron is not null), ("timezone", Timezone is not null),
            ("enabled", Enabled is not null), ("name", Name is not null), ("payload", Payload is not null), ("policy", Policy is not null),
        ];
        return fields.Where(f => f.Given).Select(f => f.Name);
    }
}
