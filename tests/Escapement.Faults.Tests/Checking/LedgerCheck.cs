using Escapement.Runs;

namespace Escapement.Faults.Tests.Checking;

/// <summary>Every occurrence has exactly one row of the ledger, no row is of an occurrence that there was not, and none came early.</summary>
internal static class LedgerCheck
{
    // A change may come between an occurrence and its claim: how long claims take without any fault, in real time, on a machine that is
    // busy with other things too. No longer than the shortest interval lasts, so that it is the last occurrence at most.
    private static readonly TimeSpan ClaimTime = TimeSpan.FromSeconds(5);

    // Nodes tell the database's time by themselves, and by a second at most they may be wrong.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(1);

    public static void Run(IEnumerable<ScheduleStory> stories, Evidence evidence, Troubles troubles, Lapse lapse, DateTimeOffset settledAt, Verdict verdict)
    {
        var byScheduled = evidence.Ledger.Where(r => r.Trigger == RunTrigger.Schedule).ToLookup(r => r.Schedule);
        var all = evidence.Ledger.ToLookup(r => r.Schedule);
        var horizon = evidence.Ledger.Select(r => r.Missed?.To ?? r.DueAt).Append(settledAt).Max();
        var updates = evidence.Audit.Where(a => a is { Action: "schedule.update", Done: true }).ToLookup(a => a.Target);
        var known = new HashSet<Guid>();
        foreach (var story in stories)
        {
            known.Add(story.Id);
            Check(story, byScheduled[story.Id], Expectation.Of(story, settledAt, horizon), troubles, lapse.Factor * ClaimTime, verdict);
            CheckSkipped([.. all[story.Id]], troubles, lapse.Factor * ClaimTime, verdict);
            CheckGivenUp(story, byScheduled[story.Id], updates[story.Id.ToString()].Count(), troubles, lapse.Factor, verdict);
        }

        foreach (var row in evidence.Ledger)
        {
            var due = row.Missed?.To ?? row.DueAt;
            if (!known.Contains(row.Schedule))
            {
                verdict.Fail($"row {row.Id} is of schedule {row.Schedule}, which nobody made");
            }
            else if (row.CreatedAt < due && row.Trigger == RunTrigger.Schedule)
            {
                verdict.Fail($"row {row.Id} of schedule {row.Schedule} was made at {row.CreatedAt:O}, before it was due at {due:O}");
            }
            else if (row.IsOpen && due <= settledAt)
            {
                verdict.Fail($"row {row.Id} of schedule {row.Schedule}, due {due:O}, is still {row.State}");
            }
        }
    }

    private static void Check(ScheduleStory story, IEnumerable<LedgerRow> rows, Expectation expected, Troubles troubles, TimeSpan claimTime, Verdict verdict)
    {
        var covered = new Dictionary<DateTimeOffset, int>();
        var last = DateTimeOffset.MinValue;
        foreach (var row in rows)
        {
            var its = Covered(story, row, expected, verdict);
            foreach (var occurrence in its)
            {
                covered[occurrence] = covered.GetValueOrDefault(occurrence) + 1;
                last = occurrence > last && !(occurrence > story.UncertainFrom) ? occurrence : last;
            }

            verdict.Count(End(row), its.Count);
            if (row.Missed is { } range && !troubles.Excuse(null, range.From, row.CreatedAt))
            {
                verdict.Fail($"occurrences {range.From:O} to {range.To:O} of {story.Id} were missed while nothing was wrong anywhere");
            }
        }

        foreach (var (occurrence, times) in covered.Where(c => c.Value > 1))
        {
            verdict.Twice($"{times} rows cover {occurrence:O} of {story.Id}");
        }

        foreach (var (occurrence, changedAt) in expected.DroppedBy.Where(d => !covered.ContainsKey(d.Key)))
        {
            CheckDropped(story, occurrence, changedAt, troubles, claimTime, verdict);
        }

        foreach (var occurrence in expected.Required)
        {
            verdict.Checked++;
            if (covered.ContainsKey(occurrence))
            {
                continue;
            }

            // What nobody had claimed when the schedule went away, or perhaps changed, is not lost. Nothing after it may be there from before that.
            if (story.UncertainFrom is { } from && occurrence > last && MayBeUnclaimed(occurrence, from, troubles, claimTime))
            {
                verdict.Checked--;
                verdict.Dropped++;
            }
            else
            {
                verdict.Lost(
                    $"{occurrence:O} of {story.Id} ({story.Rules[^1].Cron}, {story.Rules.Count} rules, uncertain from {story.UncertainFrom:O}) has no row");
            }
        }
    }

    private static bool MayBeUnclaimed(DateTimeOffset occurrence, DateTimeOffset changedAt, Troubles troubles, TimeSpan claimTime) =>
        changedAt - occurrence <= claimTime || troubles.Excuse(null, occurrence, changedAt);

    private static void CheckDropped(
        ScheduleStory story, DateTimeOffset occurrence, DateTimeOffset changedAt, Troubles troubles, TimeSpan claimTime, Verdict verdict)
    {
        if (MayBeUnclaimed(occurrence, changedAt, troubles, claimTime))
        {
            verdict.Dropped++;
        }
        else
        {
            verdict.Lost($"{occurrence:O} of {story.Id} was not claimed when the schedule changed at {changedAt:O}, although nothing was wrong");
        }
    }

    // A change writes what it takes away before its claim, and both bear its instant. Of one that got no answer only this tells when it was made, which may be
    // long after it was asked for; that it was made at all is in the audit, which has an entry for each update.
    private static void CheckGivenUp(ScheduleStory story, IEnumerable<LedgerRow> rows, int updates, Troubles troubles, double factor, Verdict verdict)
    {
        // A run that a claim opened may be given up because its schedule was disabled meanwhile; none is for other times.
        foreach (var row in rows.Where(r => r.Reason == RunReason.ScheduleChanged || r is { Reason: RunReason.ScheduleDisabled, Attempt: 0 }))
        {
            var unanswered = updates >= story.Revision ? story.PerhapsGaveUp(row.Reason) : null;
            if (!story.GaveUp(row.Reason, row.CreatedAt) && !(row.CreatedAt >= unanswered?.After - (factor * ClocksApart)))
            {
                verdict.Fail(
                    $"row {row.Id} says that {row.DueAt:O} of {story.Id} was given up for a change, and there was none: "
                    + $"{row.Reason}, made {row.CreatedAt:O}, ended {row.FinishedAt:O} after {row.Earlier.Count} attempts, "
                    + $"changes came at {string.Join(", ", story.Dropped.Select(d => $"{d.UpTo:O}"))}, and it is uncertain from {story.UncertainFrom:O}");
            }
            else if (!MayBeUnclaimed(row.DueAt, row.CreatedAt, troubles, factor * ClaimTime))
            {
                verdict.Fail($"{row.DueAt:O} of {story.Id} had not been claimed when a change gave it up at {row.CreatedAt:O}, although nothing was wrong");
            }
        }
    }

    private static List<DateTimeOffset> Covered(ScheduleStory story, LedgerRow row, Expectation expected, Verdict verdict)
    {
        var (from, to) = row.Missed is { } range ? (range.From, range.To) : (row.DueAt, row.DueAt);
        var its = expected.Certain.GetViewBetween(from, to).Concat(expected.Allowed.Where(o => o >= from && o <= to)).Distinct().Order().ToList();
        if (its.Count == 0 || its[0] != from || its[^1] != to || row.DueAt != from)
        {
            verdict.Fail($"row {row.Id} covers {from:O} to {to:O} of {story.Id}, which are no occurrences of it");
        }
        else if (row.Missed is { } missed && missed.Count != its.Count && !(story.UncertainFrom < to))
        {
            verdict.Fail($"row {row.Id} says that {missed.Count} occurrences of {story.Id} were missed from {from:O} to {to:O}, and there are {its.Count}");
        }

        return its;
    }

    // Claims and changes look at the clock before they write, so what is written first can bear the later time; and a run counts as
    // under way until its outcome is recorded, which is a moment after it ended, or longer if the store was away.
    private static void CheckSkipped(List<LedgerRow> rows, Troubles troubles, TimeSpan claimTime, Verdict verdict)
    {
        foreach (var skipped in rows.Where(r => r.State == RunState.Skipped))
        {
            bool WasUnderWay(LedgerRow run) => run.State is not (RunState.Skipped or RunState.Missed)
                && (run.CreatedAt <= skipped.CreatedAt + claimTime || troubles.Excuse(null, skipped.CreatedAt, run.CreatedAt))
                && (run.FinishedAt is not { } finished || finished + claimTime >= skipped.CreatedAt || troubles.Excuse(null, finished, skipped.CreatedAt));
            if (!rows.Any(WasUnderWay))
            {
                verdict.Fail($"row {skipped.Id} says that {skipped.DueAt:O} of {skipped.Schedule} was skipped for a run under way, and there was none");
            }
        }
    }

    private static string End(LedgerRow row) => row.State is RunState.Abandoned ? $"abandoned ({row.Reason})" : row.State.ToString().ToLowerInvariant();
}
