using Escapement.Runs;

namespace Escapement.Faults.Tests.Checking;

/// <summary>What clients were told, as far as it is not about occurrences.</summary>
/// <param name="Stories">Every schedule whose creation was answered, by its id.</param>
/// <param name="AskedNames">The name of every schedule that a client asked for, answered or not.</param>
/// <param name="RunNows">Runs whose queueing was answered.</param>
internal sealed record Answers(IReadOnlyDictionary<Guid, ScheduleStory> Stories, IReadOnlySet<string> AskedNames, IReadOnlyCollection<Guid> RunNows)
{
    /// <summary>Every schedule there is or was, with those that guests made, or clients without hearing the answer: nobody changes these.</summary>
    public IReadOnlyList<ScheduleStory> AllStories(Evidence evidence) =>
        [
            .. Stories.Values,
            .. evidence.Schedules.Where(s => !Stories.ContainsKey(s.Id))
                .Select(s => new ScheduleStory(s.Id, new Rule(s.CreatedAt, s.Cron, s.Zone, s.Enabled))),
        ];
}

/// <summary>Every change that was answered is stored and has its one audit entry; and what has an entry happened.</summary>
internal static class AuditCheck
{
    public static void Run(Answers answers, Evidence evidence, Verdict verdict)
    {
        var done = evidence.Audit.Where(a => a.Done && a.Target is not null).ToLookup(a => (a.Action, a.Target!));
        var stored = evidence.Schedules.ToDictionary(s => s.Id);
        int Entries(string action, Guid target) => done[(action, target.ToString())].Count();

        foreach (var schedule in evidence.Schedules)
        {
            Demand(1, Entries("schedule.create", schedule.Id), $"schedule {schedule.Id}", "schedule.create", verdict);
            Demand(
                (int)schedule.Revision - 1,
                Entries("schedule.update", schedule.Id),
                $"schedule {schedule.Id} at revision {schedule.Revision}",
                "schedule.update",
                verdict);
            if (!answers.Stories.ContainsKey(schedule.Id)
                && !(schedule.Name is { } name && (answers.AskedNames.Contains(name) || name.StartsWith("guest-", StringComparison.Ordinal))))
            {
                verdict.Fail($"schedule {schedule.Id} ({schedule.Name}) is there, and nobody asked for it");
            }
        }

        foreach (var story in answers.Stories.Values)
        {
            verdict.Changes += (int)story.Revision + (story.Deleted ? 1 : 0);
            Demand(1, Entries("schedule.create", story.Id), $"schedule {story.Id}", "schedule.create", verdict);
            Demand(stored.ContainsKey(story.Id) ? 0 : 1, Entries("schedule.delete", story.Id), $"schedule {story.Id}", "schedule.delete", verdict);
            CheckStored(story, stored.GetValueOrDefault(story.Id), verdict);
        }

        foreach (var made in evidence.MadeByGuests)
        {
            verdict.Changes++;
            Demand(1, Entries("schedule.create", made), $"schedule {made}, which a guest made,", "schedule.create", verdict);
            if (!stored.ContainsKey(made) && answers.Stories.GetValueOrDefault(made)?.UncertainFrom is null)
            {
                verdict.Fail($"schedule {made}, which a guest was told it had made, is gone");
            }
        }

        CheckRunNows(answers, evidence, verdict);
    }

    private static void CheckStored(ScheduleStory story, StoredSchedule? stored, Verdict verdict)
    {
        var rule = story.Rules[^1];
        if (stored is null ? !story.Deleted && story.UncertainFrom is null : story.Deleted)
        {
            verdict.Fail($"schedule {story.Id} {(stored is null ? "is gone, and nobody deleted it" : "is there after its delete was answered")}");
        }
        else if (stored is not null
            && story.UncertainFrom is null
            && (stored.Revision, stored.Cron, stored.Zone, stored.Enabled) != (story.Revision, rule.Cron, rule.Zone, rule.Enabled))
        {
            verdict.Fail(
                $"schedule {story.Id} is {stored.Cron} {stored.Zone} {stored.Enabled} at revision {stored.Revision}, "
                + $"and clients were told {rule.Cron} {rule.Zone} {rule.Enabled} at {story.Revision}");
        }
    }

    private static void CheckRunNows(Answers answers, Evidence evidence, Verdict verdict)
    {
        var entries = evidence.Audit.Where(a => a is { Action: "schedule.run-now", Done: true }).ToLookup(a => a.Detail);
        var rows = evidence.Ledger.Where(r => r.Trigger == RunTrigger.RunNow).Select(r => r.Id).ToHashSet();
        foreach (var row in rows)
        {
            Demand(1, entries[$"run {row}"].Count(), $"run-now {row}", "schedule.run-now", verdict);
        }

        var queued = rows.Select(r => $"run {r}").ToHashSet();
        foreach (var entry in entries.Where(e => !queued.Contains(e.Key ?? "")))
        {
            verdict.Fail($"the audit says that \"{entry.Key}\" was queued, and the ledger has no such run");
        }

        foreach (var answered in answers.RunNows)
        {
            verdict.Changes++;
            if (!rows.Contains(answered))
            {
                verdict.Lost($"run-now {answered} was answered, and the ledger has no such run");
            }
        }
    }

    private static void Demand(int wanted, int found, string what, string action, Verdict verdict)
    {
        if (wanted != found)
        {
            verdict.Fail($"{what} has {found} audit entries for {action} instead of {wanted}");
        }
    }
}
