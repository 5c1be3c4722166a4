using Escapement.Runs;

namespace Escapement.Faults.Tests.Checking;

/// <summary>A rule that a schedule had, by what clients were answered.</summary>
/// <param name="After">Occurrences later than this are the rule's.</param>
/// <param name="Cron">The expression.</param>
/// <param name="Zone">The zone.</param>
/// <param name="Enabled">Whether it fired at all.</param>
internal sealed record Rule(DateTimeOffset After, string Cron, string Zone, bool Enabled);

/// <summary>
/// What became of a schedule, as its clients know it: the rules one after the other, and how sure that is. From this the check
/// computes what the ledger must hold. Instants are the cluster's.
/// </summary>
internal sealed class ScheduleStory(Guid id, Rule first)
{
    private readonly List<Rule> rules = [first];
    private readonly List<(DateTimeOffset After, DateTimeOffset UpTo)> dropped = [];

    public Guid Id => id;

    public IReadOnlyList<Rule> Rules => rules;

    /// <summary>The revision that the row must have, unless the story is uncertain.</summary>
    public long Revision { get; private set; } = 1;

    /// <summary>From here on it is not known which rule counts, because a client got no answer, or because the schedule was being deleted.</summary>
    public DateTimeOffset? UncertainFrom { get; private set; }

    /// <summary>Whether a delete was answered.</summary>
    public bool Deleted { get; private set; }

    /// <summary>The rule that may have begun when the story became uncertain.</summary>
    public Rule? PerhapsThen { get; private set; }

    /// <summary>
    /// Stretches whose unclaimed occurrences a change took away: it counts from its own instant, and what was due then and not claimed yet is gone.
    /// </summary>
    public IReadOnlyList<(DateTimeOffset After, DateTimeOffset UpTo)> Dropped => dropped;

    /// <summary>Whether a change that was answered, made at an instant of which the store keeps more digits, gave up for a reason what was due.</summary>
    public bool GaveUp(RunReason reason, DateTimeOffset at) => dropped.Index().Any(d =>
        at - d.Item.UpTo is { Ticks: >= 0 and < TimeSpan.TicksPerMillisecond } && GivesUp(rules[d.Index], rules[d.Index + 1]) == reason);

    /// <summary>The change that got no answer, if it would give up for a reason what is due when it is made.</summary>
    public Rule? PerhapsGaveUp(RunReason reason) => PerhapsThen is { } then && GivesUp(rules[^1], then) == reason ? then : null;

    /// <summary>A change was answered.</summary>
    /// <param name="changedAt">When it was made.</param>
    /// <param name="lastDueAt">The latest occurrence that was claimed before it.</param>
    /// <param name="cron">The expression from now on.</param>
    /// <param name="enabled">Whether it fires from now on.</param>
    /// <param name="revision">The row's revision after it.</param>
    public void Change(DateTimeOffset changedAt, DateTimeOffset? lastDueAt, string cron, bool enabled, long revision)
    {
        var claimed = lastDueAt > rules[^1].After ? lastDueAt.Value : rules[^1].After;
        dropped.Add((claimed, changedAt));
        rules.Add(new Rule(claimed > changedAt ? claimed : changedAt, cron, rules[^1].Zone, enabled));
        Revision = revision;
    }

    /// <summary>A change that leaves the rule as it is was answered.</summary>
    public void Touch(long revision) => Revision = revision;

    /// <summary>A change was asked for, and there was no answer.</summary>
    public void Doubt(DateTimeOffset askedAt, string cron, bool enabled)
    {
        UncertainFrom ??= askedAt;
        PerhapsThen = new Rule(askedAt, cron, rules[^1].Zone, enabled);
    }

    /// <summary>A delete was asked for, whatever the answer.</summary>
    public void Delete(DateTimeOffset askedAt, bool answered)
    {
        UncertainFrom ??= askedAt;
        Deleted |= answered;
    }

    private static RunReason? GivesUp(Rule before, Rule after) => (before.Enabled, after.Enabled) switch
    {
        (true, false) => RunReason.ScheduleDisabled,
        (true, true) when before.Cron != after.Cron => RunReason.ScheduleChanged,
        _ => null,
    };
}
