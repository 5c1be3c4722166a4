using Escapement.Firing.Claiming;
using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// Holds why against what the slow model wrote down of a life: of every occurrence that came due the answer agrees with its row or stretch, or with what
/// waits; any other instant is none of its times; and what it says of the times to come is what then happens.
/// </summary>
internal sealed class WhyAgreement(OneSchedule host, SlowSchedule model, IReadOnlyList<ScheduleDefinition> definitions, TimeSpan hostsWindow)
{
    private const int Ahead = 4;

    public void OfWhatWas(DateTimeOffset now)
    {
        foreach (var (occurrence, fate) in model.Fate)
        {
            var finding = FindingOf(occurrence, now);
            Assert.Equal((occurrence, Expected(occurrence, fate)), (occurrence, finding.Verdict));

            // Of several pauses one began first.
            Assert.Equal(
                (occurrence, finding.Verdict == WhyVerdict.Paused ? 1 : 0), (occurrence, finding.Causes.Count(c => c is Cause.OfPause { IsBeside: false })));
        }

        foreach (var occurrence in model.Waiting)
        {
            Assert.Equal((occurrence, WhyVerdict.Queued), (occurrence, VerdictOf(occurrence, now)));
        }

        foreach (var between in model.Fate.Keys.Concat(model.Waiting).Select(o => o.AddSeconds(61)).Where(o => o <= now).ToList())
        {
            Assert.Contains(VerdictOf(between, now), (WhyVerdict[])[WhyVerdict.NotDue, WhyVerdict.NotYetCreated]);
        }
    }

    /// <summary>Says of the next occurrences whether they will run, has the host live on without a hitch, and compares.</summary>
    public void OfWhatIsToCome(DateTimeOffset now, Action<DateTimeOffset> liveOn, IEnumerable<DateTimeOffset> pauseEnds)
    {
        var calendar = OccurrenceCalendar.For(host.Schedule.Cron, host.Schedule.TimeZone);
        var place = StartTime.PlaceOf(host.Schedule);
        var foretold = new List<(DateTimeOffset At, WhyVerdict Verdict)>();
        for (var next = host.Schedule.NextDueAt; foretold.Count < Ahead && next is { } at; next = calendar.Next(at))
        {
            if (at + place > now)
            {
                foretold.Add((at, VerdictOf(at, now)));
            }
        }

        if (foretold.Count == 0)
        {
            return;
        }

        liveOn(now);
        var instants = foretold.Select(f => f.At + place).Concat(pauseEnds).Where(i => i > now).Distinct().Order();
        foreach (var instant in instants.TakeWhile(i => i <= foretold[^1].At + place + TimeSpan.FromDays(1)))
        {
            liveOn(instant);
        }

        foreach (var (at, verdict) in foretold)
        {
            var ran = model.Fate.GetValueOrDefault(at) == "ran";
            Assert.Equal((at, verdict is WhyVerdict.WillRun or WhyVerdict.Queued), (at, ran));
        }
    }

    private static WhyVerdict Expected(DateTimeOffset occurrence, string fate) => fate switch
    {
        "ran" => WhyVerdict.Succeeded,
        "skipped paused" => WhyVerdict.Paused,
        "skipped overlap" or "skipped skipped-by-admin" => WhyVerdict.Skipped,
        "abandoned schedule-changed" or "abandoned schedule-disabled" => WhyVerdict.Abandoned,
        _ when fate.StartsWith("missed ", StringComparison.Ordinal) => WhyVerdict.Missed,
        _ => throw new InvalidOperationException($"A fate that nobody knows: {fate} of {occurrence}"),
    };

    private WhyVerdict VerdictOf(DateTimeOffset at, DateTimeOffset now) => FindingOf(at, now).Verdict;

    private WhyFinding FindingOf(DateTimeOffset at, DateTimeOffset now)
    {
        var rows = host.Unstarted.Values.Select(RowOf).Concat(host.Ran.Select(RanOf)).OrderByDescending(r => r.DueAt).ToList();
        return WhyChain.Of(new WhyGround
        {
            At = at,
            Now = now,
            CatchUpWindow = hostsWindow,
            Above = host.Above,
            Nodes = [new HostNode { Id = Guid.Empty, Name = "node", Slots = 1, Version = "1.0.0", StartedAt = now, SeenAt = now }],
            Rows = new WhyRows
            {
                Schedule = host.Schedule,
                Definitions = [.. definitions.Where(d => d.Since < at).Reverse().Take(IWhyStore.Most)],
                Later = [.. definitions.Where(d => d.Since >= at).Take(IWhyStore.Most)],
                Before = [.. rows.Where(r => r.DueAt <= at && (r.Reason != RunReason.SkippedByAdmin || r.DueAt == at)).Take(IWhyStore.Most)],
                Behind = [.. rows.Where(r => r.DueAt > at && r.Reason != RunReason.SkippedByAdmin).Reverse().Take(IWhyStore.Most)],
            },
        });
    }

    private Run RowOf(UnstartedOccurrence row) => Row(row.DueAt, row.State, row.Reason) with
    {
        MissedCount = row.Range?.Count,
        MissedFrom = row.Range?.From,
        MissedTo = row.Range?.To,
        Pause = row.Pause,
        RequestedBy = row.Asked?.By,
        Note = row.Asked?.Note,
    };

    private Run RanOf(DateTimeOffset at) => Row(at, RunState.Succeeded, RunReason.None) with { Attempt = 1, StartedAt = at };

    private Run Row(DateTimeOffset at, RunState state, RunReason reason) => new()
    {
        Id = new RunId(Guid.NewGuid()),
        Scope = host.Schedule.Scope,
        Schedule = host.Schedule.Id,
        DueAt = at,
        Trigger = RunTrigger.Schedule,
        State = state,
        Reason = reason,
        CreatedAt = at,
    };
}
