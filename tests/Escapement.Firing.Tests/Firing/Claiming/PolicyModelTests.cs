using CsCheck;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Firing.Claiming;

/// <summary>
/// One schedule through random outages, overlaps, pauses, policies, edits, disabling, enabling and clocks that are set back: what the rules wrote and what
/// <see cref="SlowSchedule"/> wrote down agree, and every occurrence is in exactly one row or stretch, or waits.
/// </summary>
public sealed class PolicyModelTests
{
    private static readonly TimeSpan HostsWindow = TimeSpan.FromHours(6);
    private static readonly string[] Crons = ["*/5 * * * *", "*/20 * * * *", "0 * * * *", "30 2 * * *", "0,30 9-17 * * 1-5", "15 1,2 * * *", "0 0 1 * *"];
    private static readonly string[] Zones = ["UTC", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"];

    private static readonly Gen<SchedulePolicy> Policies = Gen.Select(
        Gen.Enum<OverlapPolicy>(),
        Gen.Enum<MissedPolicy>(),
        OneOf(1, 2, 5, 100),
        OneOf<int?>(null, 0, 30, 600),
        OneOf(0, 90, 3_600),
        (overlap, missed, max, catchUp, spread) => new SchedulePolicy
        {
            Overlap = overlap,
            Missed = missed,
            MissedMax = max,
            CatchUp = catchUp is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            Spread = TimeSpan.FromSeconds(spread),
        });

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (12, Gen.Int[1, 600].Select(seconds => new Step(TimeSpan.FromSeconds(seconds)))),
        (4, Gen.Int[600, 86_400].Select(seconds => new Step(TimeSpan.FromSeconds(seconds)))),
        (1, Gen.Int[-7_200, -1].Select(seconds => new Step(TimeSpan.FromSeconds(seconds)))),
        (8, Gen.Const(new Step(TimeSpan.FromSeconds(1)) { EndsRun = true })),
        (1, Policies.Select(policy => new Step(TimeSpan.Zero) { Policy = policy })),
        (1, Gen.Int[0, Crons.Length - 1].Select(cron => new Step(TimeSpan.Zero) { Cron = Crons[cron] })),
        (1, Gen.Int[0, Crons.Length - 1].Select(cron => new Step(TimeSpan.FromHours(1)) { Cron = Crons[cron], Unclaimed = true })),
        (1, Gen.Bool.Select(unclaimed => new Step(TimeSpan.FromSeconds(400)) { Enables = false, Unclaimed = unclaimed })),
        (3, Gen.Const(new Step(TimeSpan.FromSeconds(2_000)) { Enables = true })),
        (3, Gen.Select(Gen.Enum<FillStep>(), Gen.Int[1, 5], (fill, count) => new Step(TimeSpan.FromSeconds(50)) { Fill = fill, FillCount = count })),
        (3, Gen.Int[0, 6].Select(number => new Step(TimeSpan.FromSeconds(100)) { Skips = number })),
        (3, Gen.Select(Gen.Enum<PauseLayer>(), Gen.Enum<PauseEnd>(), OneOf<int?>(null, 30, 600, 20_000), Gen.Bool, Pausing)),
        (3, Gen.Select(Gen.Enum<PauseLayer>(), Gen.Enum<PauseEnd>(), Gen.Bool, Resuming)));

    [Fact]
    public void Claim_AnyLifeOfASchedule_AgreesWithTheSlowModel() => Gen.Select(
            Gen.Int[0, Crons.Length - 1], Gen.Int[0, Zones.Length - 1], Gen.Int[0, 500_000], Policies, Steps.Array[1, 80])
        .Sample((cron, zone, startMinute, policy, steps) => Live(Crons[cron], Zones[zone], startMinute, policy, steps));

    private static Step Pausing(PauseLayer layer, PauseEnd onEnd, int? seconds, bool unclaimed) =>
        new(TimeSpan.FromSeconds(400)) { Pauses = layer, OnEnd = onEnd, PausedFor = seconds, Unclaimed = unclaimed };

    private static Step Resuming(PauseLayer layer, PauseEnd onEnd, bool unclaimed) =>
        new(TimeSpan.FromSeconds(700)) { Resumes = layer, OnEnd = onEnd, Unclaimed = unclaimed };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Live(string cron, string zone, int startMinute, SchedulePolicy policy, Step[] steps)
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(startMinute);
        var schedule = new Schedule
        {
            Id = new ScheduleId(Guid.NewGuid()),
            Scope = MemoryBucket.Scope("acme"),
            Endpoint = MemoryBucket.Endpoint,
            Cron = cron,
            TimeZone = zone,
            Enabled = true,
            Policy = policy,
            NextDueAt = OccurrenceCalendar.For(cron, zone).Next(now),
            CreatedAt = now,
            UpdatedAt = now,
        };
        var (host, model) = (new OneSchedule(schedule, HostsWindow), new SlowSchedule(schedule, HostsWindow));
        var definitions = new List<ScheduleDefinition> { Definition(schedule, now) };
        foreach (var step in steps)
        {
            now += step.Later;
            if (step.EndsRun && model.IsOpen)
            {
                host.EndRun(now);
                model.EndRun(now);
            }

            // What is due may be claimed before a change or not: a claim can be late, or the host that fires be down.
            if (!step.Unclaimed)
            {
                Claim(host, model, now);
            }

            TurnPauses(step, host, model, now);
            if (step.Skips is { } number && model.Skip(number, now) is { } skipped)
            {
                Change(
                    host,
                    model,
                    before => Skips.Add(before, new OccurrenceSkip { At = skipped, Note = "closed", By = "ops", Since = now }, now).Schedule!,
                    now);
            }

            // There is one at a time; and one that has ended is there until the next claim.
            if (step.Fill is { } fill && host.Schedule.Enabled && (fill == FillStep.Begin) == (host.Schedule.Waiting?.Backfill is null))
            {
                DateTimeOffset[] past = [.. Enumerable.Range(0, step.FillCount).Select(i => now.AddDays(-10).AddMinutes(i))];
                host.Fill(fill, past, now);
                model.Fill(fill, past, now);
            }

            if (step.Changes)
            {
                var edit = new ScheduleEdit { FieldErrors = new Dictionary<string, string>(), Cron = step.Cron, Enabled = step.Enables };
                Change(host, model, before => edit.ApplyTo(before, now, out _) with { Policy = step.Policy ?? before.Policy }, now);
                model.Change(host.Schedule, now);
                model.DropSkips(now);
                if (step.Cron is not null || step.Enables is not null)
                {
                    definitions[^1] = definitions[^1] with { Until = now };
                    definitions.Add(Definition(host.Schedule, now));
                }
            }

            Claim(host, model, now);
            Agree(host, model);
        }

        var why = new WhyAgreement(host, model, definitions, HostsWindow);
        why.OfWhatWas(now);
        why.OfWhatIsToCome(now, at => GoOn(host, model, at), host.Above.Append(host.Schedule.Pause).Select(p => p?.EndsAt).OfType<DateTimeOffset>());
    }

    // Nothing is in the way: what is open ends at once.
    private static void GoOn(OneSchedule host, SlowSchedule model, DateTimeOffset now)
    {
        for (var runs = true; runs;)
        {
            Claim(host, model, now);
            runs = model.IsOpen;
            if (runs)
            {
                host.EndRun(now);
                model.EndRun(now);
            }
        }
    }

    private static void Change(OneSchedule host, SlowSchedule model, Func<Schedule, Schedule> change, DateTimeOffset now)
    {
        host.Change(change, now);
        model.DropSkips(now);
    }

    private static ScheduleDefinition Definition(Schedule schedule, DateTimeOffset since) => new()
    {
        Cron = schedule.Cron,
        TimeZone = schedule.TimeZone,
        State = ScheduleDefinitions.StateOf(schedule, installEnabled: true),
        Since = since,
        By = "ops",
    };

    private static void TurnPauses(Step step, OneSchedule host, SlowSchedule model, DateTimeOffset now)
    {
        if (step.Pauses is { } pausing && model.Find(pausing, now) is null)
        {
            var pause = new Pause
            {
                Id = Guid.NewGuid(),
                Layer = pausing,
                Since = now,
                Until = step.PausedFor is { } seconds ? now.AddSeconds(seconds) : null,
                OnEnd = step.OnEnd,
                Cause = PauseCause.Asked,
                Note = "database move",
                By = "ops",
            };
            model.Pause(pause);
            if (pausing == PauseLayer.Schedule)
            {
                Change(host, model, before => before with { Pause = pause }, now);
            }
            else
            {
                host.Pause(Target(pausing, host.Schedule.Scope), pause);
            }
        }

        if (step.Resumes is { } resuming && model.Find(resuming, now) is { } ending)
        {
            model.Resume(ending.Id, now, step.OnEnd);
            if (resuming == PauseLayer.Schedule)
            {
                Change(host, model, before => before with { Pause = before.Pause! with { EndedAt = now, OnEnd = step.OnEnd } }, now);
            }
            else
            {
                host.Resume(ending.Id, now, step.OnEnd);
            }
        }
    }

    private static PauseTarget Target(PauseLayer layer, InstallScope scope) => layer switch
    {
        PauseLayer.Host => PauseTarget.Host,
        PauseLayer.Tenant => new PauseTarget(scope.Tenant, null),
        _ => PauseTarget.Of(scope),
    };

    private static void Claim(OneSchedule host, SlowSchedule model, DateTimeOffset now)
    {
        Assert.True(host.ClaimAsync(now).IsCompletedSuccessfully);
        model.Claim(now);
        Assert.Equal(model.IsOpen, host.Schedule.ActiveRun is not null);
    }

    private static void Agree(OneSchedule host, SlowSchedule model)
    {
        var waiting = host.Schedule.Waiting;
        OccurrenceRange[] first = waiting?.Due is { } due ? [OccurrenceRange.Of(due)] : [];
        var left = new SortedSet<DateTimeOffset>(model.Waiting);
        foreach (var range in (IEnumerable<OccurrenceRange>)[.. first, .. waiting?.CatchUp ?? []])
        {
            Take(left, range);
        }

        Assert.Empty(left);
        Assert.Equal(model.Fills, waiting?.Backfill?.Left.Select(o => o.At) ?? []);
        Assert.Equal(model.Filled, host.Filled.Select(r => r.Occurrence!.Value));
        Assert.Equal(host.Filled.Count, host.Filled.Select(r => r.DueAt.ToUnixTimeMilliseconds()).Distinct().Count());
        var fates = new SortedSet<DateTimeOffset>(model.Fate.Keys);
        // Those that are skipped ahead of time have rows of their own, wherever they lie.
        foreach (var row in host.Unstarted.Values.OrderByDescending(r => r.Reason == RunReason.SkippedByAdmin))
        {
            var word = $"{row.State.ToString().ToLowerInvariant()} {RunExplanation.Word(row.Reason)}";
            Assert.All(Take(fates, row.Range ?? OccurrenceRange.Of(row.DueAt)), occurrence => Assert.Equal(word, model.Fate[occurrence]));
        }

        Assert.All(fates, occurrence => Assert.Equal("ran", model.Fate[occurrence]));
        Assert.Equal(fates, host.Ran.Order());
    }

    // A range stands for all that lie in it, and for nothing else.
    private static List<DateTimeOffset> Take(SortedSet<DateTimeOffset> all, OccurrenceRange range)
    {
        var inside = all.Where(o => o >= range.From && o <= range.To).ToList();
        Assert.Equal((range.From, range.To, range.Count), (inside[0], inside[^1], inside.Count));
        all.ExceptWith(inside);
        return inside;
    }

    private sealed record Step(TimeSpan Later)
    {
        public bool EndsRun { get; init; }

        public SchedulePolicy? Policy { get; init; }

        public string? Cron { get; init; }

        public bool? Enables { get; init; }

        public PauseLayer? Pauses { get; init; }

        public int? PausedFor { get; init; }

        public PauseLayer? Resumes { get; init; }

        public PauseEnd OnEnd { get; init; }

        public int? Skips { get; init; }

        public FillStep? Fill { get; init; }

        public int FillCount { get; init; }

        public bool Unclaimed { get; init; }

        public bool Changes => Policy is not null || Cron is not null || Enables is not null;
    }
}
