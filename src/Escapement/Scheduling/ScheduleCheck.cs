namespace Escapement.Scheduling;

/// <summary>What came of checking a create or an update: every wrong field at once, or the values in the form in which they are stored.</summary>
public sealed record ScheduleCheck
{
    /// <summary>Field to message, in the order endpoint, cron, timezone, name, payload; empty when nothing is wrong.</summary>
    public required IReadOnlyDictionary<string, string> FieldErrors { get; init; }

    /// <summary>Whether nothing is wrong. What only the store can know (quota, name taken, rate) is not among it.</summary>
    public bool IsOk => FieldErrors.Count == 0;

    /// <summary>The endpoint; null when an update leaves it, or when it is wrong.</summary>
    public EndpointKey? Endpoint { get; init; }

    /// <summary>The expression with single spaces; null when an update leaves it, or when it is wrong.</summary>
    public string? Cron { get; init; }

    /// <summary>The zone in canonical spelling, <c>UTC</c> when a create names none; null when an update leaves it, or when it is wrong.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether it fires, true when a create does not say; null when an update leaves it.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The trimmed name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a name was given; with <see cref="Name"/> null an update then clears it.</summary>
    public bool NameGiven { get; init; }

    /// <summary>The payload as it was given; null for none.</summary>
    public string? Payload { get; init; }

    /// <summary>Whether a payload was given; with <see cref="Payload"/> null an update then clears it.</summary>
    public bool PayloadGiven { get; init; }
}
