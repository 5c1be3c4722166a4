using System.Globalization;
using CsCheck;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.Tests.Scheduling;

/// <summary>Changes as fields, and taking the newest back: the fields are as they were before it.</summary>
public sealed class ScheduleFieldsTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Crons = ["0 * * * *", "30 9 * * 1-5", "15 */2 * * *", "0 3 1 * *"];

    private static readonly Gen<string> AnyText = Gen.OneOf(Gen.String[0, 40], Gen.Const("ä\"\\\n\u2028😀"));

    private static readonly Gen<Func<Schedule, DateTimeOffset, ScheduleChange>> AnyChange = Gen.OneOf<Func<Schedule, DateTimeOffset, ScheduleChange>>(
        Gen.Int[0, 3].Select<int, Func<Schedule, DateTimeOffset, ScheduleChange>>(n => (s, now) => Edit(s, s with { Cron = Crons[n] }, now)),
        Gen.OneOf(Gen.Const("Europe/Berlin"), Gen.Const("America/New_York"), Gen.Const("UTC")).Select<string, Func<Schedule, DateTimeOffset, ScheduleChange>>(
            zone => (s, now) => Edit(s, s with { TimeZone = zone }, now)),
        Gen.Bool.Select<bool, Func<Schedule, DateTimeOffset, ScheduleChange>>(on => (s, now) => Edit(s, s with { Enabled = on }, now)),
        Gen.Select(AnyText, Gen.Int[0, 5_000], Gen.Bool).Select<(string, int, bool), Func<Schedule, DateTimeOffset, ScheduleChange>>(v => (s, now) => Edit(
            s, s with { Name = v.Item3 ? null : v.Item1, Payload = v.Item3 ? null : $"[\"{new string('x', v.Item2)}\"]" }, now)),
        Gen.Const<Func<Schedule, DateTimeOffset, ScheduleChange>>((s, now) => Edit(s, s with { Endpoint = new EndpointKey("GET", "/api/other path") }, now)),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3_600], Gen.Int[1, 20], Gen.Bool).Select<(int, int, int, bool), Func<Schedule, DateTimeOffset, ScheduleChange>>(
            v => (s, now) => Edit(s, s with { Policy = Policy(v.Item1, v.Item2, v.Item3, v.Item4) }, now)),
        Gen.Select(AnyText, Gen.Int[-1, 600]).Select<(string, int), Func<Schedule, DateTimeOffset, ScheduleChange>>(v => (s, now) =>
            s.Pause?.HoldsAt(now) == true ? ScheduleChange.AlreadyPaused : ScheduleChange.Done(s with { Pause = PauseOf(v.Item1, now, v.Item2) })),
        Gen.Const<Func<Schedule, DateTimeOffset, ScheduleChange>>((s, now) =>
            s.Pause is { } own && own.HoldsAt(now) ? ScheduleChange.Done(s with { Pause = own with { EndedAt = now } }) : ScheduleChange.NotPaused),
        Gen.Select(Gen.Int[0, 5], AnyText).Select<(int, string), Func<Schedule, DateTimeOffset, ScheduleChange>>(
            v => (s, now) => SkipOne(s, v.Item1, v.Item2, now)),
        Gen.Const<Func<Schedule, DateTimeOffset, ScheduleChange>>((s, now) =>
            s.Skips.FirstOrDefault(k => k.Counts && k.At > now) is { } skip ? Skips.TakeBack(s, skip.At, now) : ScheduleChange.NotSkipped));

    [Fact]
    public void Differences_TheScheduleIsGoneAndTheChangeOnlyTookAway_SaysThatItIsGone()
    {
        var (schedule, name) = (NewSchedule() with { Name = null }, NewSchedule() with { Name = "before" });
        var changes = ScheduleFields.Changes(name, schedule, T0);
        Assert.Empty(ScheduleFields.Differences(changes, schedule, T0));
        Assert.Equal([("exists", "true", "false")], ScheduleFields.Differences(changes, null, T0).Select(d => (d.Field, d.Then!.Json!, d.Now!.Json!)));
    }

    [Fact]
    public void Undo_TheNewestOfRandomChanges_LeavesTheFieldsAsTheyWereBefore() =>
        Gen.Select(Gen.Select(AnyChange, Gen.Int[0, 90]).Array[1, 12], Gen.Int[0, 30], Gen.Int[0, 30]).Sample((steps, wait, again) =>
        {
            var (now, schedule) = (T0, NewSchedule());
            (Schedule Before, ScheduleChange Done)? newest = null;
            foreach (var (change, minutes) in steps)
            {
                now = now.AddMinutes(minutes);
                if (change(schedule, now) is { Schedule: { } wanted } && Stored(schedule, wanted, now) is { Changes.Count: > 0 } done)
                {
                    newest = (schedule, done);
                    schedule = done.Schedule!;
                }
            }

            if (newest is not { } last)
            {
                return;
            }

            now = now.AddMinutes(wait);
            if (ScheduleFields.Differences(last.Done.Changes, schedule, now).Count > 0)
            {
                // Only what time itself has ended is not as the change left it.
                Assert.True(last.Done.Schedule!.Pause is { } ended && !ended.HoldsAt(now) || last.Done.Schedule.Skips.Any(s => s.At <= now));
                return;
            }

            var undone = ScheduleFields.Undo(schedule, last.Done.Changes, name: null, Guid.NewGuid(), now);
            if (undone.Schedule is not { } wantedBack)
            {
                Assert.True(IsTooLate(last.Before, last.Done.Schedule!, now), undone.Error);
                return;
            }

            var back = Stored(schedule, wantedBack, now);
            Assert.Empty(SaveSkipsThatPassed(ScheduleFields.Changes(last.Before, back.Schedule, now), now));

            // And the undo can be taken back in turn.
            now = now.AddMinutes(again);
            if (ScheduleFields.Differences(back.Changes, back.Schedule!, now).Count == 0)
            {
                if (ScheduleFields.Undo(back.Schedule!, back.Changes, name: null, Guid.NewGuid(), now).Schedule is not { } redone)
                {
                    Assert.True(IsTooLate(schedule, back.Schedule!, now));
                    return;
                }

                Assert.Empty(SaveSkipsThatPassed(ScheduleFields.Changes(schedule, Stored(back.Schedule!, redone, now).Schedule, now), now));
            }
        });

    [Fact]
    public void PolicyFields_OfEachPolicy_AreAllOfIt()
    {
        Assert.Equal(typeof(SchedulePolicy).GetProperties().Count(p => p.SetMethod is not null), PolicyFields.All.Count);
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3_600], Gen.Int[1, 20], Gen.Bool).Sample((missed, spread, attempts, limited) =>
        {
            var policy = Policy(missed, spread, attempts, limited);
            Assert.Equal(policy, PolicyFields.All.Aggregate(SchedulePolicy.Default, (p, field) => field.Write(p, field.Read(policy))));
        });
    }

    [Fact]
    public void Changes_OfALargePayload_NameItByHash()
    {
        var (before, after) = (NewSchedule(), NewSchedule() with { Payload = $"[\"{new string('x', 5_000)}\"]" });

        var change = Assert.Single(ScheduleFields.Changes(before, after, T0));

        Assert.Equal("payload", change.Field);
        Assert.Null(change.Before!.Sha256);
        Assert.Equal(64, change.After!.Sha256!.Length);
    }

    [Theory]
    [InlineData(4_096, false)]
    [InlineData(4_097, true)]
    public void AuditValue_OneStepEitherSideOfTheLimit_LiesApartBeyondIt(int bytes, bool apart) =>
        Assert.Equal(apart, AuditValue.Of($"\"{new string('x', bytes - 2)}\"")!.Sha256 is not null);

    [Fact]
    public void Differences_OfWhatWasCreated_CountWhatWasSetSince()
    {
        var created = ScheduleFields.Changes(null, NewSchedule(), T0);

        Assert.Empty(ScheduleFields.Differences(created, NewSchedule(), T0));
        Assert.Equal(["pause"], ScheduleFields.Differences(created, NewSchedule() with { Pause = PauseOf("move", T0, -1) }, T0).Select(d => d.Field));
        Assert.Equal(["exists"], ScheduleFields.Differences(created, null, T0).Select(d => d.Field).Take(1));
    }

    private static bool IsTooLate(Schedule before, Schedule after, DateTimeOffset now) =>
        (before.Pause?.Until <= now && after.Pause?.HoldsAt(now) != true) || before.Skips.Concat(after.Skips).Any(s => s.At + StartTime.PlaceOf(after) <= now);

    private static IEnumerable<FieldChange> SaveSkipsThatPassed(FieldChanges changes, DateTimeOffset now) => changes.Where(c =>
        !c.Field.StartsWith("skips.", StringComparison.Ordinal) || DateTimeOffset.Parse(c.Field[6..], CultureInfo.InvariantCulture) > now);

    private static ScheduleChange Stored(Schedule current, Schedule wanted, DateTimeOffset now) => ScheduleRules.Update(
        ChangeGate.Free(installEnabled: true), current, wanted, nameTaken: false, endpointThere: true, new ScheduleLimits().At(now));

    private static ScheduleChange Edit(Schedule before, Schedule after, DateTimeOffset now) =>
        ScheduleChange.Done(ScheduleEdit.Replan(before, after, now, out _));

    private static ScheduleChange SkipOne(Schedule schedule, int ahead, string note, DateTimeOffset now)
    {
        var calendar = OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone);
        var at = calendar.Next(schedule.NextDueAt > now ? schedule.NextDueAt.Value.AddTicks(-1) : now)!.Value;
        for (var i = 0; i < ahead; i++)
        {
            at = calendar.Next(at)!.Value;
        }

        return Skips.Add(schedule, new OccurrenceSkip { At = at, Note = note, By = "ops", Since = now }, now);
    }

    private static SchedulePolicy Policy(int missed, int spread, int attempts, bool limited) => new()
    {
        Overlap = limited ? OverlapPolicy.QueueOne : OverlapPolicy.Skip,
        Missed = (MissedPolicy)missed,
        MissedMax = attempts,
        CatchUp = limited ? TimeSpan.FromMinutes(spread) : null,
        Spread = TimeSpan.FromSeconds(spread),
        Retry = new RetryPolicy(attempts, TimeSpan.FromSeconds(attempts), 1.5, TimeSpan.FromMinutes(attempts)),
        TimeLimit = limited ? TimeSpan.FromSeconds(attempts) : null,
        PauseAfterFailures = spread % 1_001,
    };

    private static Pause PauseOf(string note, DateTimeOffset now, int minutes) => new()
    {
        Id = Guid.NewGuid(),
        Layer = PauseLayer.Schedule,
        Since = now,
        Until = minutes < 0 ? null : now.AddMinutes(minutes + 1),
        OnEnd = PauseEnd.All,
        Cause = PauseCause.Asked,
        Note = note,
        By = "ops",
        ByOperator = minutes % 2 == 0,
    };

    private static Schedule NewSchedule() => new()
    {
        Id = new ScheduleId(Guid.Parse("01993a5e-7c1f-7000-8000-000000000001")),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.Parse("01993a5e-7c1f-7000-8000-000000000002"))),
        Name = "nightly",
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "0 * * * *",
        TimeZone = "Europe/Berlin",
        Enabled = true,
        Payload = "{\"a\": 1}",
        NextDueAt = T0.AddHours(1),
        CreatedAt = T0,
        UpdatedAt = T0,
    };
}
