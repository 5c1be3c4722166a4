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
            + "its place; no node fired from 08:58 to 10:02, after the last was lost.",
            made[0].Sentence);
        Assert.Equal(["superseded", "outage"], made[0].Causes.Select(c => c.Code));
        Assert.Equal("superseded", Assert.Single(made[1].Causes).Code);
        Assert.Equal([Another(1), Another(2)], made[0].Examples.Select(e => e.Schedule));
    }

    [Fact]
    public void Made_OfPauses_IsAGroupForEach()
    {
        var (one, other) = (Scene.Pause(PauseLayer.Tenant, ended: "2026-03-02 10:15"), Scene.Pause(PauseLayer.Install) with { Id = Guid.NewGuid() });
        var groups = Groups();
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused) with { Pause = one });
        groups.Add(Scene.Row(RunState.Skipped, RunReason.Paused, "2026-03-02 10:00") with { Pause = one });
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

    [Fact]
    public void Made_OfWhatPausesHoldNow_IsOpenAndOfTheRangeAlone()
    {
        var held = new Schedule
        {
            Id = WhyScene.Id,
            Scope = Scene.Row(RunState.Missed).Scope,
            Endpoint = new("POST", "/api/sync"),
            Cron = "0 * * * *",
            TimeZone = "UTC",
            Enabled = true,
            NextDueAt = Scene.Local("2026-03-01 20:00"),
            Held = Scene.Pause(PauseLayer.Tenant, "2026-03-01 19:30"),
            CreatedAt = Scene.Now,
            UpdatedAt = Scene.Now,
        };
        var groups = Groups();
        groups.AddHeld(held);
        groups.AddHeld(held with { NextDueAt = Scene.Now.AddDays(1) });

        var group = Assert.Single(groups.Made());

        Assert.Equal((13, true), (group.Occurrences, group.IsOpen));
        Assert.Equal((Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-02 12:00")), (group.First, group.Last));
        Assert.EndsWith("until somebody resumes it.", group.Sentence, StringComparison.Ordinal);
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

    private static NotRunGroups Groups(params IReadOnlyList<Outage> outages) =>
        new(Scene.Local("2026-03-02 00:00"), Scene.Local("2026-03-03 00:00"), Scene.Now, outages);

    private static Run Missed(string due, int count) => Scene.Row(RunState.Missed, RunReason.Superseded, due) with
    {
        CreatedAt = Scene.Local("2026-03-02 10:02"),
        MissedCount = count,
        MissedFrom = Scene.Local(due),
        MissedTo = Scene.Local(due).AddMinutes(5 * (count - 1)),
    };

    private static ScheduleId Another(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
