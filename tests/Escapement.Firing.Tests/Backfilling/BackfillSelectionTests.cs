using CsCheck;
using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Backfilling;

public sealed class BackfillSelectionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Crons = ["*/5 * * * *", "0 * * * *", "*/20 3 * * *", "30 2 * * *"];
    private static readonly string[] Zones = ["UTC", "America/New_York"];

    private static readonly Schedule Idle = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "0 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Now.AddHours(1),
        CreatedAt = Now.AddDays(-30),
        UpdatedAt = Now,
    };

    private static readonly ScheduleDefinition Hourly = Definition("0 * * * *", -48, null);

    [Fact]
    public void Of_RangeOfOneDefinition_IsEveryOccurrenceBothEndsIncluded() => Assert.Equal(
        [Hour(-3), Hour(-2), Hour(-1)], At(new BackfillGround(Idle, [Hourly], []), -3, -1));

    [Fact]
    public void Of_TimesWereChangedInTheRange_GoesByWhatWasInForce()
    {
        var ground = new BackfillGround(Idle, [Definition("0 * * * *", -48, -3), Definition("30 * * * *", -3, -1), Definition("0 * * * *", -1, null)], []);

        // What was due at the instant of a change is the old one's.
        Assert.Equal([Hour(-4), Hour(-3), Hour(-2.5), Hour(-1.5), Hour(0)], At(ground, -4, 0));
    }

    [Fact]
    public void Of_WasNotDueInTheRange_IsEmpty()
    {
        var disabled = Hourly with { State = DefinitionState.Disabled };

        Assert.Empty(At(new BackfillGround(Idle, [disabled], []), -3, -1));
    }

    [Theory]
    [InlineData(BackfillOf.Missing, RunState.Succeeded, false)]
    [InlineData(BackfillOf.Missing, RunState.Failed, false)]
    [InlineData(BackfillOf.Missing, RunState.Queued, false)]
    [InlineData(BackfillOf.Failed, RunState.Succeeded, false)]
    [InlineData(BackfillOf.Failed, RunState.Failed, true)]
    [InlineData(BackfillOf.Failed, RunState.Abandoned, true)]
    [InlineData(BackfillOf.Failed, RunState.Running, false)]
    [InlineData(BackfillOf.All, RunState.Succeeded, true)]
    [InlineData(BackfillOf.All, RunState.Running, false)]
    public void Of_OccurrenceThatRan_IsWantedOrNot(BackfillOf of, RunState state, bool wanted)
    {
        var run = new OccurrenceRun(new RunId(Guid.NewGuid()), Hour(-2), state, Hour(-2));
        var ground = new BackfillGround(Idle, [Hourly], [run]);

        var selected = BackfillSelection.Of(ground, new BackfillRange(Hour(-2), Hour(-1), of)).Value;

        Assert.Equal(wanted ? [new(Hour(-2), run.Id), new(Hour(-1))] : [new(Hour(-1))], selected);
    }

    [Fact]
    public void Of_FailedAndMadeUpSince_IsNotWanted()
    {
        OccurrenceRun[] runs =
        [
            new(new RunId(Guid.NewGuid()), Hour(-2), RunState.Failed, Hour(-2)),
            new(new RunId(Guid.NewGuid()), Hour(-2), RunState.Succeeded, Hour(-1)),
        ];

        Assert.Empty(BackfillSelection.Of(new BackfillGround(Idle, [Hourly], runs), new BackfillRange(Hour(-2), Hour(-2), BackfillOf.Failed)).Value);
    }

    [Fact]
    public void Of_WhatIsStillToRunByItself_IsLeftOut()
    {
        var waiting = new Waiting { Due = Hour(-2), CatchUp = [new OccurrenceRange(Hour(-5), Hour(-4), 2)] };
        var ground = new BackfillGround(Idle with { Waiting = waiting, NextDueAt = Hour(-1) }, [Hourly], []);

        Assert.Equal([Hour(-6), Hour(-3)], At(ground, -6, 0));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void Of_ManyOccurrences_HoldsToTheLimit(int count, bool fits)
    {
        var ground = new BackfillGround(Idle, [Definition("*/5 * * * *", -1_000, null)], []);

        var selected = BackfillSelection.Of(ground, new BackfillRange(Now.AddMinutes(-5 * (count - 1)), Now, BackfillOf.Missing));

        Assert.Equal(fits, selected.IsOk);
        Assert.Equal(fits ? [] : ["from too-many"], selected.Problems.Select(p => $"{p.Path} {p.Code}"));
    }

    [Fact]
    public void Of_RangeOfTooManyToLookAt_IsRefusedAlthoughAllRan()
    {
        var from = Now.AddMinutes(-5 * BackfillSelection.MostLookedAt);
        var runs = Enumerable.Range(0, BackfillSelection.MostLookedAt + 1)
            .Select(i => new OccurrenceRun(new RunId(Guid.NewGuid()), from.AddMinutes(5 * i), RunState.Succeeded, from));
        var ground = new BackfillGround(Idle, [Definition("*/5 * * * *", -24 * 365, null)], [.. runs]);

        Assert.False(BackfillSelection.Of(ground, new BackfillRange(from, Now, BackfillOf.Missing)).IsOk);
        Assert.Empty(BackfillSelection.Of(ground, new BackfillRange(from.AddMinutes(5), Now, BackfillOf.Missing)).Value);
    }

    [Fact]
    public void Of_AnyPast_AgreesWithALookAtEveryMinute() => Gen.Select(
            Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[-2_880, 0], Gen.Int[0, 1_500], Gen.Bool).Array[0, 6],
            Gen.Select(Gen.Int[0, 2_000], Gen.Enum<RunState>(), Gen.Int[0, 3]).Array[0, 30],
            Gen.Enum<BackfillOf>(),
            Gen.Int[-2_880, 0],
            Gen.Int[0, 2_880])
        .Sample((changes, ran, of, from, length) =>
        {
            ScheduleDefinition[] definitions =
            [
                .. changes.Select(c => Definition(Crons[c.Item1], c.Item3 / 60.0, c.Item4 == 0 ? null : (c.Item3 + c.Item4) / 60.0, Zones[c.Item2]) with
                {
                    State = c.Item5 ? DefinitionState.Due : DefinitionState.Disabled,
                }),
            ];
            var range = new BackfillRange(Now.AddMinutes(from), Min(Now, Now.AddMinutes(from + length)), of);
            DateTimeOffset[] due = [.. EveryMinute(range).Where(minute => definitions.Any(d => IsDue(d, minute)))];
            OccurrenceRun[] runs =
            [
                .. ran.Where(_ => due.Length > 0)
                    .Select(r => new OccurrenceRun(new RunId(Guid.NewGuid()), due[r.Item1 % due.Length], r.Item2, Now.AddMinutes(r.Item3))),
            ];
            var selected = BackfillSelection.Of(new BackfillGround(Idle, definitions, runs), range).Value;

            Assert.Equal(due.Where(o => o < Idle.NextDueAt && IsWanted(of, [.. runs.Where(r => r.Occurrence == o)])), selected.Select(o => o.At));
            Assert.All(selected, o => Assert.Equal(runs.Any(r => r.Occurrence == o.At), o.Repeats is not null));
        });

    private static IEnumerable<DateTimeOffset> EveryMinute(BackfillRange range)
    {
        for (var minute = range.From; minute <= range.To; minute = minute.AddMinutes(1))
        {
            yield return minute;
        }
    }

    private static bool IsDue(ScheduleDefinition definition, DateTimeOffset at) =>
        definition.State == DefinitionState.Due && at > definition.Since && !(at > definition.Until)
        && OccurrenceCalendar.For(definition.Cron, definition.TimeZone).Next(at.AddTicks(-1)) == at;

    private static bool IsWanted(BackfillOf of, OccurrenceRun[] runs)
    {
        var isOpen = runs.Any(r => r.State is RunState.Queued or RunState.Running);
        var onlyFailed = runs.All(r => r.State is RunState.Failed or RunState.Abandoned);
        return of switch
        {
            BackfillOf.Missing => runs.Length == 0,
            BackfillOf.Failed => onlyFailed,
            _ => !isOpen,
        };
    }

    private static IEnumerable<DateTimeOffset> At(BackfillGround ground, double from, double to) =>
        BackfillSelection.Of(ground, new BackfillRange(Hour(from), Hour(to), BackfillOf.Missing)).Value.Select(o => o.At);

    private static ScheduleDefinition Definition(string cron, double since, double? until, string zone = "UTC") => new()
    {
        Cron = cron,
        TimeZone = zone,
        State = DefinitionState.Due,
        Since = Hour(since),
        Until = until is { } to ? Hour(to) : null,
        By = "ops",
    };

    private static DateTimeOffset Hour(double hours) => Now.AddHours(hours);

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
