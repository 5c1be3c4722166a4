using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Tests.Why;

public sealed class NotRunGroupsTests
{
    private static readonly WhyScene Scene = new("UTC");

    [Fact]
    public void Made_OfAnOutage_IsOneGroupOfAllThatCameDueInIt()
    {
        var outage = new Outage(Scene.Local("2026-03-02 08:58"), Scene.Local("2026-03-02 10:02"), "node-a", Stopped: false);
        var groups = Groups(outage);
        groups.Add(Missed("2026-03-02 09:00", 12) with { Schedule = Another(1) });
        groups.Add(Missed("2026-03-02 09:30", 1) with { Schedule = Another(2) });
        groups.Add(Missed("2026-03-02 11:00", 1) with { Schedule = Another(2), CreatedAt = Scene.Local("2026-03-02 11:05") });

        var made = groups.Made();

        Assert.Equal([(13, 2), (1, 1)], made.Select(g => (g.Occurrences, g.Schedules)));
        Assert.Equal(
            "13 occurrences of 2 schedules did not run from 09:00 on Monday 2 March (UTC) to 09:55: the host was down or too busy, and a later occurrence took "
            + "its place; no node that fires gave a sign of life from 08:58 to 10:02, after the last was lost.",
            made[0].Sentence);
        Assert.Equal(["superseded", "outage"], made[0].Causes.Select(c => c.Code));
        Assert.Equal("superseded", Assert.Single(made[1].Causes).Code);
        Assert.Equal([Another(1), Another(2)], made[0].Examples.Select(e => e.Schedule));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void Made_OfWhatWasWrittenSoonAfterTheLastSignOfLife_IsOfNoOutage(int seconds, bool isOfOutage)
    {
        var from = Scene.Local("2026-03-02 09:00");
        var groups = Groups(new Outage(from, Scene.Local("2026-03-02 10:02"), "node-a", Stopped: false));
        groups.Add(Missed("2026-03-02 08:58", 1) with { CreatedAt = from.AddSeconds(seconds) });

        Assert.Equal(isOfOutage, Assert.Single(groups.Made()).Causes.Any(c => c.Code == "outage"));
    }

    [Fact]
    public void Made_OfPauses_IsAGroupForEach()
    {
        var (one, other) = (Scene.Pause(PauseLayer.Tenant, ended: "2026-03-02 10:15"), Scene.Pause(PauseLayer.Install) with { Id = Guid.NewGuid() });
        var groups = Groups();
        var written = Scene.Local("2026-03-02 10:16");
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused) with { Pause = one, CreatedAt = written });
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused, "2026-03-02 10:00") with { Pause = one, CreatedAt = written });
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused, "2026-03-02 11:00") with { Pause = other });

        Assert.Equal(
            [
                "2 occurrences of 1 schedule did not run from 09:00 on Monday 2 March (UTC) to 10:00: the tenant was paused by ops@acme.example from 08:30 to "
                + "10:15, 'database move'.",
                "1 occurrence of 1 schedule did not run at 11:00 on Monday 2 March (UTC): the install was paused by ops@acme.example from 08:30 to 11:00, "
                + "'database move'.",
            ],
            groups.Made().Select(g => g.Sentence));
    }

    // A row keeps what the pause had said when it was put aside.
    [Theory]
    [InlineData("2026-03-02 10:15", "from 08:30 to 10:15")]
    [InlineData(null, "from 08:30 to 10:16")]
    public void Made_OfAPauseThatEndedBeforeItWasTo_SaysWhenItDid(string? ended, string told)
    {
        var planned = Scene.Pause(PauseLayer.Tenant, until: "2026-03-02 18:00");
        IReadOnlyList<OuterPause> kept = ended is null ? [] : [Over(planned with { EndedAt = Scene.Local(ended) })];
        var groups = new NotRunGroups(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, []) { Pauses = kept };

        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused) with { Pause = planned, CreatedAt = Scene.Local("2026-03-02 10:16") });

        Assert.Contains(told, Assert.Single(groups.Made()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Made_OfAPauseThatHoldsStill_SaysSo()
    {
        var pause = Scene.Pause(PauseLayer.Tenant, until: "2026-03-02 18:00");
        var groups = new NotRunGroups(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, []) { Pauses = [Over(pause)] };

        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused) with { Pause = pause, CreatedAt = Scene.Local("2026-03-02 10:16") });

        Assert.EndsWith("since 08:30, 'database move', until 18:00.", Assert.Single(groups.Made()).Sentence, StringComparison.Ordinal);
    }

    // Asked from the day before on: what has no day with it is of the day that was said before it.
    [Fact]
    public void Made_OfAPauseSinceTheDayBefore_NamesTheDayOfEachTimeThatIsOfAnother()
    {
        var pause = Scene.Pause(PauseLayer.Tenant, "2026-03-01 20:33", until: "2026-03-02 22:57");
        var groups = new NotRunGroups(Scene.Local("2026-03-01 12:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, []) { Pauses = [Over(pause)] };

        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused) with { Pause = pause, CreatedAt = Scene.Local("2026-03-02 10:16") });

        Assert.EndsWith(
            "since 20:33 on Sunday 1 March, 'database move', until 22:57 on Monday 2 March.",
            Assert.Single(groups.Made()).Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Made_OfWhatPausesHoldNow_IsOpenAndOfTheRangeAlone()
    {
        var held = Held(Scene.Pause(PauseLayer.Tenant, "2026-03-01 19:30"));
        var groups = Open(held.Held!);
        groups.AddHeld(held);
        groups.AddHeld(held with { NextDueAt = Scene.Now.AddDays(1) });

        var group = Assert.Single(groups.Made());

        Assert.Equal((13, true), (group.Occurrences, group.IsOpen));
        Assert.Equal((Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-02 12:00")), (group.First, group.Last));
        Assert.EndsWith("until somebody resumes it.", group.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Made_OfWhatAnotherPauseHoldsByNow_NamesThat()
    {
        var ended = Scene.Pause(PauseLayer.Tenant, "2026-03-01 19:30", ended: "2026-03-02 09:30") with { Id = Guid.NewGuid() };
        var install = Scene.Pause(PauseLayer.Install) with { Note = "audit" };
        var host = Scene.Pause(PauseLayer.Host, "2026-03-02 09:00") with { Id = Guid.NewGuid() };
        var groups = Open(ended, install, host);

        groups.AddHeld(Held(ended with { EndedAt = null }));

        var group = Assert.Single(groups.Made());
        Assert.True(group.IsOpen);
        Assert.EndsWith(
            "the install has been paused by ops@acme.example since 08:30, 'audit', until somebody resumes it; the host is paused too.",
            group.Sentence,
            StringComparison.Ordinal);
        Assert.Equal(["install", "host"], group.Causes.Select(c => c.Parameters["layer"]));
        Assert.Equal("Resume the install (POST .../resume). An operator resumes the host (POST /api/v1/resume).", group.Remedy.Sentence);
        Assert.Equal(["resume-install", "resume-host"], group.Remedy.Actions);
    }

    [Fact]
    public void Made_OfWhatNoPauseHoldsByNow_IsNotOpen()
    {
        var ended = Scene.Pause(PauseLayer.Tenant, "2026-03-01 19:30", ended: "2026-03-02 11:59");
        var groups = Open(ended);

        groups.AddHeld(Held(ended with { EndedAt = null }));

        var group = Assert.Single(groups.Made());
        Assert.False(group.IsOpen);
        Assert.Contains("to 11:59", group.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "", null)]
    [InlineData(1, " 1 of them was made up for since.", null)]
    [InlineData(2, " 2 of them were made up for since.", null)]
    [InlineData(4, " All of them were made up for since.", WhyRemedies.Nothing)]
    public void Made_OfWhatWasMadeUpForSince_SaysHowMuch(int done, string told, string? remedy)
    {
        var row = Missed("2026-03-02 09:00", 3);
        DateTimeOffset[] occurrences = [row.DueAt, row.DueAt.AddMinutes(5), row.DueAt.AddMinutes(10), Scene.Local("2026-03-02 11:00")];
        var groups = new NotRunGroups(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, [])
        {
            // One twice, one of another schedule, one of another time.
            MadeUp =
            [
                .. occurrences.Take(done).SelectMany(o => Enumerable.Repeat(new MadeUpOccurrence(row.Schedule, o), 2)),
                new(Another(3), row.DueAt), new(row.Schedule, row.DueAt.AddHours(-1)),
            ],
        };
        groups.Add(row);
        groups.Add(Missed("2026-03-02 11:00", 1));

        var group = Assert.Single(groups.Made());

        Assert.Equal((4, done), (group.Occurrences, group.MadeUp));
        Assert.EndsWith($"took its place.{told}", group.Sentence, StringComparison.Ordinal);
        Assert.Equal(remedy is not null, group.Remedy.Sentence == WhyRemedies.Nothing);
    }

    [Fact]
    public void Made_OfSeveralKinds_HasWhatIsMadeUpForLast()
    {
        var groups = new NotRunGroups(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, [])
        {
            MadeUp = [.. Enumerable.Range(0, 3).Select(i => new MadeUpOccurrence(WhyScene.Id, Scene.Local("2026-03-02 09:00").AddMinutes(5 * i)))],
        };
        groups.Add(Missed("2026-03-02 09:00", 3));
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Overlap, "2026-03-02 08:00"));

        Assert.Equal([(1, 0), (3, 3)], groups.Made().Select(g => (g.Occurrences, g.MadeUp)));
    }

    [Fact]
    public void Made_OfEveryOtherKind_GoesByReasonAndByWhoSkipped()
    {
        var groups = Groups();
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Overlap));
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Overlap, "2026-03-02 10:00"));
        groups.Add(Scene.Row(RunState.Skipped, RunReason.SkippedByAdmin) with { RequestedBy = "ops", Note = "closed" });
        groups.Add(Scene.Row(RunState.Skipped, RunReason.SkippedByAdmin) with { RequestedBy = "lead", Note = "closed" });
        groups.Add(Scene.Row(RunState.Abandoned, RunReason.NodeLost));

        Assert.Equal([2, 1, 1, 1], groups.Made().Select(g => g.Occurrences));
        Assert.All(groups.Made(), g => Assert.Matches("^[0-9]+ occurrences? of 1 schedule did not run (at|from) .*\\.$", g.Sentence));
    }

    [Fact]
    public void Made_OfWhatFailed_GoesByVersionAndHow()
    {
        var groups = Groups();
        var failed = Scene.Ran(RunState.Failed, RunReason.ErrorStatus) with { StatusCode = 500, Version = WhyScene.V1 };
        groups.Add(failed);
        groups.Add(failed with { Schedule = Another(1), DueAt = Scene.Local("2026-03-02 10:00") });
        groups.Add(failed with { StatusCode = 503 });
        groups.Add(failed with { Version = WhyScene.V2 });
        groups.Add(failed with { Reason = RunReason.TimeOut, StatusCode = null });

        var made = groups.Made();

        Assert.Equal([2, 1, 1, 1], made.Select(g => g.Occurrences));
        Assert.All(made, g => Assert.Equal(WhyVerdict.Failed, g.Verdict));
        Assert.Equal(
            "2 occurrences of 2 schedules failed from 09:00 on Monday 2 March (UTC) to 10:00: the extension answered with status 500, and 400 or above counts "
            + "as a failure.",
            made[0].Sentence);
        Assert.Contains("rerun", made[0].Remedy.Actions);
    }

    [Fact]
    public void Made_OfAllTenants_SaysOfHowManyAndWhose()
    {
        var groups = new NotRunGroups(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, []) { IsOfAll = true };
        var row = Scene.Row(RunState.Skipped, RunReason.Overlap);
        groups.Add(row);
        groups.Add(row with { Schedule = Another(1), Scope = row.Scope with { Tenant = TenantId.Parse("globex") } });

        var made = Assert.Single(groups.Made());

        Assert.Equal((2, 2, 2), (made.Occurrences, made.Schedules, made.Tenants));
        Assert.StartsWith("2 occurrences of 2 schedules of 2 tenants did not run at ", made.Sentence, StringComparison.Ordinal);
        Assert.Equal([row.Scope.Tenant, TenantId.Parse("globex")], made.Examples.Select(e => e.Scope.Tenant));
    }

    [Theory]
    [InlineData(false, 1, " 1 of them waits for a turn in a backfill.", "run-now")]
    [InlineData(true, 2, " 2 of them wait for a turn in a backfill, which is held until somebody has it go on.", "run-now")]
    [InlineData(false, 3, " All of them wait for their turn in a backfill.", null)]
    [InlineData(true, 3, " All of them wait for their turn in a backfill, which is held until somebody has it go on.", "resume-backfill")]
    public void Made_OfWhatWaitsInABackfill_SaysSo(bool held, int left, string told, string? action)
    {
        string[] missed = ["2026-03-02 09:00", "2026-03-02 09:05", "2026-03-02 09:10"];
        var groups = Groups();
        groups.Add(Missed(missed[0], missed.Length));

        var (_, schedule) = Assert.Single(groups.Few);
        var backfill = Scene.Filling(held, [.. missed[^left..], "2026-03-02 10:30"]);
        var made = Assert.Single(groups.Made(new Dictionary<ScheduleId, Backfill> { [schedule] = backfill }));

        Assert.EndsWith("took its place." + told, made.Sentence, StringComparison.Ordinal);
        Assert.Equal(action is null ? [] : [action], made.Remedy.Actions.Where(a => a is "run-now" or "resume-backfill"));
    }

    [Fact]
    public void Few_OfManySchedules_AreNone()
    {
        var many = Groups();
        foreach (var number in Enumerable.Range(1, 6))
        {
            many.Add(Missed("2026-03-02 09:00", 2) with { Schedule = Another(number) });
        }

        Assert.Empty(many.Few);
        Assert.Equal(6, Assert.Single(many.Made()).Schedules);
    }

    private static NotRunGroups Groups(params IReadOnlyList<Outage> outages) =>
        new(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, outages);

    private static NotRunGroups Open(params IReadOnlyList<Pause> pauses) =>
        new(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, []) { Pauses = [.. pauses.Select(Over)] };

    private static OuterPause Over(Pause pause)
    {
        var scope = Scene.Row(RunState.Missed).Scope;
        return new OuterPause(
            new PauseTarget(pause.Layer == PauseLayer.Host ? null : scope.Tenant, pause.Layer == PauseLayer.Install ? scope.Install : null), pause);
    }

    private static Schedule Held(Pause pause) => new()
    {
        Id = WhyScene.Id,
        Scope = Scene.Row(RunState.Missed).Scope,
        Endpoint = new("POST", "/api/sync"),
        Cron = "0 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Scene.Local("2026-03-01 20:00"),
        Held = pause,
        CreatedAt = Scene.Now,
        UpdatedAt = Scene.Now,
    };

    private static Run Missed(string due, int count) => Scene.Row(RunState.Missed, RunReason.Superseded, due) with
    {
        CreatedAt = Scene.Local("2026-03-02 10:02"),
        MissedCount = count,
        MissedFrom = Scene.Local(due),
        MissedTo = Scene.Local(due).AddMinutes(5 * (count - 1)),
    };

    private static ScheduleId Another(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
