using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>A checked input: every wrong field at once, or what it changes, in the form in which it is stored.</summary>
internal sealed record ScheduleEdit
{
    /// <summary>
    /// Field to message, in the order endpoint, cron, timezone, name, payload, policy; empty when nothing is wrong. What only the store
    /// can know (quota, name taken, rate) is not among it.
    /// </summary>
    public required IReadOnlyDictionary<string, string> FieldErrors { get; init; }

    /// <summary>The endpoint; null when it stays, or when it is wrong.</summary>
    public EndpointKey? Endpoint { get; init; }

    /// <summary>The expression with single spaces; null when it stays, or when it is wrong.</summary>
    public string? Cron { get; init; }

    /// <summary>The zone in canonical spelling; null when it stays, or when it is wrong.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether it fires; null when that stays.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The trimmed name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a name was given; with <see cref="Name"/> null it is cleared.</summary>
    public bool NameGiven { get; init; }

    /// <summary>The payload as it was given; null for none.</summary>
    public string? Payload { get; init; }

    /// <summary>Whether a payload was given; with <see cref="Payload"/> null it is cleared.</summary>
    public bool PayloadGiven { get; init; }

    /// <summary>What of the policy changes; null when all of it stays.</summary>
    public SchedulePolicyInput? Policy { get; init; }

    /// <summary>
    /// The schedule as it is after this edit. A new cron, zone or enabling counts from now, and from the latest occurrence in the ledger
    /// too: a clock that was set back must not fire one again.
    /// </summary>
    /// <param name="before">As it is stored.</param>
    /// <param name="now">The instant of the change.</param>
    /// <param name="broken">Why it cannot be planned, in which case the outcome is disabled; null when it can.</param>
    internal Schedule ApplyTo(Schedule before, DateTimeOffset now, out string? broken)
    {
        var after = before with
        {
            Endpoint = Endpoint ?? before.Endpoint,
            Cron = Cron ?? before.Cron,
            TimeZone = TimeZone ?? before.TimeZone,
            Enabled = Enabled ?? before.Enabled,
            Name = NameGiven ? Name : before.Name,
            Payload = PayloadGiven ? Payload : before.Payload,
            Policy = Policy?.ApplyTo(before.Policy) ?? before.Policy,
            UpdatedAt = now,
        };
        return Replan(before, Endpoint is null ? after : EndpointHold.Release(after, now), now, out broken);
    }

    /// <summary>
    /// A changed schedule with its next occurrence: where its times are others, it counts from now, and from the latest occurrence in the ledger.
    /// </summary>
    /// <param name="before">As it is stored.</param>
    /// <param name="after">As the change has it.</param>
    /// <param name="now">The instant of the change.</param>
    /// <param name="broken">Why it cannot be planned, in which case the outcome is disabled; null when it can.</param>
    internal static Schedule Replan(Schedule before, Schedule after, DateTimeOffset now, out string? broken)
    {
        broken = null;
        if (ScheduleRules.SameTimes(before, after))
        {
            return after;
        }

        if (!after.Enabled)
        {
            return after with { NextDueAt = null };
        }

        // Broken only if the row changed since it was looked at: it must not seem to be on its way when it cannot be.
        var from = before.LastDueAt > now ? before.LastDueAt.Value : now;
        (var next, broken) = NextOccurrence.After(after.Cron, after.TimeZone, from);
        return after with { Enabled = broken is null, NextDueAt = next };
    }
}
