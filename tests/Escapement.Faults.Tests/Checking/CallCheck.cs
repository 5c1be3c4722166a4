using System.Globalization;
using Escapement.Runs;

namespace Escapement.Faults.Tests.Checking;

/// <summary>
/// No occurrence was handled twice unless its node died, stalled, was cut off or was stopped inside it, and then with the same
/// idempotency key and a higher attempt; and what the ledger says of a run is what its handler did.
/// </summary>
internal static class CallCheck
{
    public static void Run(Evidence evidence, Troubles troubles, IReadOnlySet<string> killed, DateTimeOffset settledAt, bool isOver, Verdict verdict)
    {
        // What came due later may have gone on while the evidence was gathered.
        var rows = evidence.Ledger.ToDictionary(r => r.Id.ToString());
        var calls = evidence.Calls.Where(c => DueAt(c) <= settledAt).ToLookup(c => c.Key);
        foreach (var (key, its) in calls.Select(g => (g.Key, g.OrderBy(c => c.Start).ToList())))
        {
            if (!rows.TryGetValue(key, out var row))
            {
                verdict.Fail($"a handler was called with key {key}, which no row has");
                continue;
            }

            CheckOccurrence(row, its, verdict);
            for (var i = 1; i < its.Count; i++)
            {
                CheckRepeat(row, its[i - 1], its[i], verdict);
            }

            foreach (var call in its.Where(c => c.End is null && isOver && !killed.Contains(c.Node)))
            {
                verdict.Fail($"attempt {call.Attempt} of {key} on {call.Node} never ended, and the node was not killed");
            }
        }

        foreach (var row in evidence.Ledger.Where(r => r.DueAt <= settledAt))
        {
            CheckOutcome(row, calls[row.Id.ToString()], verdict);
            CheckEarlier(row, calls[row.Id.ToString()], troubles, verdict);
        }
    }

    private static DateTimeOffset DueAt(Call call) => DateTimeOffset.Parse(call.DueAt, CultureInfo.InvariantCulture);

    private static void CheckOccurrence(LedgerRow row, List<Call> calls, Verdict verdict)
    {
        foreach (var call in calls)
        {
            if (call.Schedule != row.Schedule.ToString()
                || DueAt(call).ToUnixTimeMilliseconds() != row.DueAt.ToUnixTimeMilliseconds()
                || call.Trigger != row.Trigger)
            {
                verdict.Fail($"a call with key {call.Key} was about {call.Schedule} due {call.DueAt}, and its row is about {row.Schedule} due {row.DueAt:O}");
            }
        }
    }

    private static void CheckRepeat(LedgerRow row, Call before, Call repeat, Verdict verdict)
    {
        var ended = row.Earlier.FirstOrDefault(e => e.Attempt == before.Attempt);
        if (repeat.Attempt <= before.Attempt)
        {
            verdict.Twice($"{row.Id} was called as attempt {before.Attempt} on {before.Node} and as attempt {repeat.Attempt} on {repeat.Node}");
        }
        else if (ended is null || ended.Node != before.Node)
        {
            verdict.Twice($"{row.Id} was called again on {repeat.Node} although the ledger does not say how attempt {before.Attempt} on {before.Node} ended");
        }
        else
        {
            verdict.Repeats++;
            verdict.Overlapping += before.End > repeat.Start ? 1 : 0;
        }
    }

    // Why an attempt ended without ending its run: each that called the handler must have a fault of its own node to blame.
    private static void CheckEarlier(LedgerRow row, IEnumerable<Call> calls, Troubles troubles, Verdict verdict)
    {
        foreach (var ended in row.Earlier)
        {
            if (ended.Reason is not (RunReason.NodeLost or RunReason.StoreLost or RunReason.NodeStopped))
            {
                verdict.Fail($"attempt {ended.Attempt} of {row.Id} ended with {ended.Reason}, and no schedule here asks for retries");
            }
            else if (!calls.Any(c => c.Attempt == ended.Attempt))
            {
                verdict.NeverBegun++;
            }
            else if (!troubles.Excuse(ended.Node, ended.StartedAt ?? row.CreatedAt, ended.EndedAt))
            {
                verdict.Twice(
                    $"attempt {ended.Attempt} of {row.Id} on {ended.Node} was taken from it from {ended.StartedAt:O} to {ended.EndedAt:O} "
                    + $"({ended.Reason}) although nothing was wrong with that node");
            }
        }

        var attempts = row.Earlier.Select(e => e.Attempt).ToList();
        if (!attempts.SequenceEqual(Enumerable.Range(1, attempts.Count))
            || (row.State is RunState.Succeeded or RunState.Failed && row.Attempt != attempts.Count + 1))
        {
            verdict.Fail($"row {row.Id} is at attempt {row.Attempt} after attempts {string.Join(", ", attempts)}");
        }
    }

    private static void CheckOutcome(LedgerRow row, IEnumerable<Call> calls, Verdict verdict)
    {
        var last = calls.Where(c => c.Attempt == row.Attempt).ToList();
        var problem = row.State switch
        {
            RunState.Succeeded or RunState.Failed when row.Reason is not (RunReason.None or RunReason.ErrorStatus) => $"ended with {row.Reason}",
            RunState.Succeeded or RunState.Failed when last.Count != 1 =>
                $"is {row.State} at attempt {row.Attempt}, and that attempt was called {last.Count} times",
            RunState.Succeeded or RunState.Failed when last[0].Node != row.Node || last[0].Result != row.StatusCode?.ToString(CultureInfo.InvariantCulture) =>
                $"is {row.State} with status {row.StatusCode} on {row.Node}, and the handler ended with {last[0].Result} on {last[0].Node}",
            RunState.Skipped or RunState.Missed when calls.Any() => $"is {row.State}, and its handler was called",
            RunState.Abandoned when row.Reason == RunReason.ScheduleChanged && calls.Any() => "was given up for a change, and its handler was called",
            RunState.Abandoned when row.Reason is not (RunReason.NodeLost or RunReason.StoreLost
                or RunReason.ScheduleDeleted or RunReason.ScheduleDisabled or RunReason.ScheduleChanged) => $"was abandoned for {row.Reason}",
            _ => null,
        };
        if (problem is not null)
        {
            verdict.Fail($"row {row.Id} of {row.Schedule} due {row.DueAt:O} {problem}");
        }
    }
}
