namespace Escapement.Scheduling;

/// <summary>
/// The rules on a change that only its transaction can check: quota, names, what of a row belongs to whom. A store reads what they ask
/// for and writes what is <see cref="ScheduleChangeKind.Done"/>.
/// </summary>
internal static class ScheduleRules
{
    /// <summary>What becomes of a create.</summary>
    /// <param name="gate">What it met first.</param>
    /// <param name="wanted">The schedule.</param>
    /// <param name="count">How many schedules the install has.</param>
    /// <param name="nameTaken">Whether another has its name.</param>
    /// <param name="limits">What it must keep to.</param>
    public static ScheduleChange Create(in ChangeGate gate, Schedule wanted, int count, bool nameTaken, ScheduleChangeLimits limits)
    {
        if (gate.Refusal is { } refused)
        {
            return refused;
        }

        if (nameTaken)
        {
            return ScheduleChange.NameTaken;
        }

        return count >= limits.MaxSchedules
            ? ScheduleChange.QuotaExceeded(limits.MaxSchedules)
            : ScheduleChange.Done(wanted with { NextDueAt = NextDue(gate, wanted) });
    }

    /// <summary>Why an update or a delete may not go on; null when it may.</summary>
    public static ScheduleChange? Refusal(in ChangeGate gate, Schedule? current) => gate.Refusal ?? (current is null ? ScheduleChange.NotFound : null);

    /// <summary>Whether an update gives a name that another schedule of the install may have.</summary>
    public static bool AsksForName(Schedule current, Schedule wanted) => wanted.Name is not null && wanted.Name != current.Name;

    /// <summary>
    /// What becomes of an update that may go on. Taken over is what extensions and admins may change; all else belongs to the firing
    /// path, or never changes.
    /// </summary>
    /// <param name="gate">What it met first.</param>
    /// <param name="current">The row as it is.</param>
    /// <param name="wanted">What the change made of it.</param>
    /// <param name="nameTaken">Whether another has its name.</param>
    /// <param name="limits">What it must keep to.</param>
    public static ScheduleChange Update(in ChangeGate gate, Schedule current, Schedule wanted, bool nameTaken, ScheduleChangeLimits limits) => nameTaken
        ? ScheduleChange.NameTaken
        : ScheduleChange.Done(current with
        {
            Name = wanted.Name,
            Endpoint = wanted.Endpoint,
            Cron = wanted.Cron,
            TimeZone = wanted.TimeZone,
            Enabled = wanted.Enabled,
            Payload = wanted.Payload,
            Policy = wanted.Policy,
            NextDueAt = NextDue(gate, wanted),
            UpdatedAt = limits.Now,
            Revision = current.Revision + 1,
        });

    private static DateTimeOffset? NextDue(in ChangeGate gate, Schedule schedule) => gate.InstallEnabled && schedule.Enabled ? schedule.NextDueAt : null;
}
