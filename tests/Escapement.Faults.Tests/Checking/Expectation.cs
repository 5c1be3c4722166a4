namespace Escapement.Faults.Tests.Checking;

/// <summary>Which occurrences of a schedule must be in the ledger, which may be, and which may be missing for a change's sake.</summary>
internal sealed class Expectation
{
    private Expectation()
    {
    }

    /// <summary>Each must be in the ledger, once.</summary>
    public SortedSet<DateTimeOffset> Required { get; } = [];

    /// <summary>Each may be there, once: its rule may or may not have counted, or its time has not come.</summary>
    public HashSet<DateTimeOffset> Allowed { get; } = [];

    /// <summary>Each was due when a change came that counts from its own instant; it is given up or gone.</summary>
    public SortedDictionary<DateTimeOffset, DateTimeOffset> DroppedBy { get; } = [];

    /// <summary>Everything that a rule gives up to the horizon, required or not, outside of what is uncertain.</summary>
    public SortedSet<DateTimeOffset> Certain { get; } = [];

    /// <param name="story">The schedule's story.</param>
    /// <param name="settledAt">What was due by then must be done.</param>
    /// <param name="horizon">No row is later than this.</param>
    public static Expectation Of(ScheduleStory story, DateTimeOffset settledAt, DateTimeOffset horizon)
    {
        var expected = new Expectation();
        for (var i = 0; i < story.Rules.Count; i++)
        {
            var rule = story.Rules[i];
            var isLast = i == story.Rules.Count - 1;
            var until = isLast ? story.UncertainFrom ?? horizon : story.Rules[i + 1].After;
            foreach (var occurrence in Walk(rule, until < horizon ? until : horizon))
            {
                expected.Certain.Add(occurrence);
                if (!isLast && occurrence > story.Dropped[i].After && occurrence <= story.Dropped[i].UpTo)
                {
                    expected.DroppedBy[occurrence] = story.Dropped[i].UpTo;
                }
                else if (occurrence <= settledAt)
                {
                    expected.Required.Add(occurrence);
                }
                else
                {
                    expected.Allowed.Add(occurrence);
                }
            }
        }

        if (story.UncertainFrom is { } from)
        {
            expected.Allowed.UnionWith(Walk(story.Rules[^1] with { After = from }, horizon));
            if (story.PerhapsThen is { } perhaps)
            {
                expected.Allowed.UnionWith(Walk(perhaps, horizon));
            }
        }

        return expected;
    }

    private static IEnumerable<DateTimeOffset> Walk(Rule rule, DateTimeOffset upTo) =>
        rule.Enabled ? new CronWalk(rule.Cron, rule.Zone).Between(rule.After, upTo) : [];
}
