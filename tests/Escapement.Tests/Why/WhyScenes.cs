using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Tests.Why;

/// <summary>Every verdict, every reason of the ledger, every layer of pauses and every cause, in one zone.</summary>
internal static class WhyScenes
{
    public static IEnumerable<(string Name, WhyScene Scene)> In(string zone)
    {
        var s = new WhyScene(zone);
        return
        [
            .. Ran(s), .. NotStarted(s), .. FilledIn(s), .. OfReasons(s), .. Paused(s), .. Off(s), .. Waits(s), .. Ahead(s), .. Moved(s), .. Elsewhere(s),
            .. Clocks(zone),
        ];
    }

    private static IEnumerable<(string, WhyScene)> Ran(WhyScene s)
    {
        yield return ("succeeded", s with { Rows = [s.Ran(RunState.Succeeded)] });
        yield return ("succeeded without a status", s with { Rows = [s.Ran(RunState.Succeeded) with { StatusCode = null }] });
        yield return ("failed", s with { Rows = [s.Ran(RunState.Failed, RunReason.ErrorStatus)] });
        yield return ("failed and run again", s with
        {
            Rows = [s.Ran(RunState.Failed, RunReason.Trap)],
            Repeats = [Asked(s.Ran(RunState.Succeeded, due: "2026-03-02 10:20"), RunTrigger.Rerun)],
        });
        yield return ("failed after an upgrade", s with
        {
            Rows =
            [
                s.Ran(RunState.Succeeded, due: "2026-03-01 09:00") with { Version = WhyScene.V1 },
                s.Ran(RunState.Failed, RunReason.Trap) with { Id = new RunId(Guid.NewGuid()), Version = WhyScene.V2 },
            ],
        });
        yield return ("failed after an upgrade by somebody who is known", s with
        {
            Rows =
            [
                s.Ran(RunState.Succeeded, due: "2026-03-01 09:00") with { Version = WhyScene.V1 },
                s.Ran(RunState.Failed, RunReason.Trap) with { Id = new RunId(Guid.NewGuid()), Version = WhyScene.V2 },
            ],
            Marks = [new(s.Local("2026-03-02 08:50"), "install.upgrade", "ops@acme.example")],
        });
        yield return ("abandoned, endpoint-gone, by an upgrade", s with
        {
            Rows = [s.Row(RunState.Abandoned, RunReason.EndpointGone)],
            Marks = [new(s.Local("2026-03-02 08:50"), "install.rollback", "ops@acme.example")],
        });
        foreach (var wait in Enum.GetValues<RunWait>())
        {
            yield return ($"late for {wait}", s with
            {
                Rows =
                [
                    s.Ran(RunState.Succeeded) with
                    {
                        StartedAt = s.Local("2026-03-02 09:04"),
                        Evidence = RunEvidence.None with { WaitedFor = wait },
                    },
                ],
            });
        }

        yield return ("late for a pause whose beginning is not kept", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 10:15") }],
            Marks = [s.Ended("2026-03-02 10:15", PauseLayer.Tenant)],
        });
        foreach (var (name, scene) in PauseScenes.Late(s with { Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 10:15") }] }))
        {
            yield return (name, scene);
        }

        var place = StartTime.PlaceOf(WhyScene.Id, TimeSpan.FromHours(1), OccurrenceCalendar.For(s.Cron, s.Zone));
        yield return ("started where its spread was then", s with
        {
            Definitions = [s.Definition("2026-02-01 08:00", "2026-03-02 11:00", spreadMinutes: 60), s.Definition("2026-03-02 11:00")],
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 09:00") + place }],
        });
        yield return ("late, by the spread of then", s with
        {
            Definitions = [s.Definition("2026-02-01 08:00", "2026-03-02 11:00"), s.Definition("2026-03-02 11:00", spreadMinutes: 60)],
            Changed = x => x with { Policy = new SchedulePolicy { Spread = TimeSpan.FromHours(1) } },
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 09:00") + place }],
        });
        yield return ("succeeded in the second attempt", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { Attempt = 2, EarlierAttempts = [s.Attempt(RunReason.ErrorStatus)] }],
        });
        yield return ("succeeded after its node was lost", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { Attempt = 2, EarlierAttempts = [s.Attempt(RunReason.NodeLost)] }],
            Nodes = [s.Node("2026-03-02 09:00")],
        });
        yield return ("succeeded after its node was stopped", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { Attempt = 2, EarlierAttempts = [s.Attempt(RunReason.NodeStopped)] }],
            Nodes = [s.Node("2026-03-02 09:01", ended: "2026-03-02 09:01")],
        });
        yield return ("succeeded after its node was lost and started again", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { Attempt = 2, EarlierAttempts = [s.Attempt(RunReason.NodeLost)] }],
            Nodes = [s.Node("2026-03-02 11:59") with { StartedAt = s.Local("2026-03-02 09:01") }, s.Node("2026-03-02 09:00")],
        });
        yield return ("abandoned after its node was lost and started again", s with
        {
            Rows = [s.Ran(RunState.Abandoned, RunReason.NodeLost) with { FinishedAt = s.Local("2026-03-02 09:01") }],
            Nodes = [s.Node("2026-03-02 11:59") with { StartedAt = s.Local("2026-03-02 09:01") }, s.Node("2026-03-02 09:00")],
        });
        yield return ("succeeded after its node was lost, which lives on", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { Attempt = 2, EarlierAttempts = [s.Attempt(RunReason.NodeLost)] }],
            Nodes = [s.Node("2026-03-02 11:59")],
        });
        yield return ("abandoned after its node was lost, which lived on until it was stopped", s with
        {
            Rows = [s.Ran(RunState.Abandoned, RunReason.StoreLost) with { FinishedAt = s.Local("2026-03-02 09:01") }],
            Nodes = [s.Node("2026-03-02 11:00", ended: "2026-03-02 11:00")],
        });
        yield return ("late for an outage", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 10:02") }],
            Outages = [new(s.Local("2026-03-02 08:58"), s.Local("2026-03-02 10:02"), "node-a", Stopped: false)],
        });
        yield return ("late, and started before its node was lost", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 09:04:05") }],
            Outages = [new(s.Local("2026-03-02 09:03:58"), s.Local("2026-03-02 10:02"), "node-a", Stopped: false)],
        });
        yield return ("late because all nodes were drained", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 10:02") }],
            Outages =
            [
                new(s.Local("2026-03-02 08:58"), s.Local("2026-03-02 10:02"), "node-b", Stopped: true) { Drained = new DrainedNode("node-a", "jo") },
            ],
        });
        yield return ("late for an outage, and started before the first sign of life", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 10:02") }],
            Outages = [new(s.Local("2026-03-02 08:58"), s.Local("2026-03-02 10:02:05"), "node-a", Stopped: false)],
        });
        yield return ("late for the run before", s with
        {
            Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 09:40") }],
            Others = [s.Other("2026-03-02 08:00", finished: "2026-03-02 09:39")],
        });
        yield return ("late for a reason that is not kept", s with { Rows = [s.Ran(RunState.Succeeded) with { StartedAt = s.Local("2026-03-02 09:04") }] });
        yield return ("running", s with { Rows = [s.Ran(RunState.Running)], Now = s.Local("2026-03-02 09:01") });
    }

    private static IEnumerable<(string, WhyScene)> NotStarted(WhyScene s)
    {
        yield return ("overlap", s with
        {
            Rows = [s.Row(RunState.Skipped, RunReason.Overlap)],
            Others = [s.Other("2026-03-02 08:00", finished: "2026-03-02 09:03")],
        });
        yield return ("overlap that goes on", s with
        {
            Rows = [s.Row(RunState.Skipped, RunReason.Overlap)],
            Others = [s.Other("2026-03-02 08:00")],
        });
        yield return ("skipped by an admin", s with
        {
            Rows = [s.Row(RunState.Skipped, RunReason.SkippedByAdmin) with { RequestedBy = "ops@acme.example", Note = "the bank is closed" }],
        });
        foreach (var reason in (RunReason[])[RunReason.Superseded, RunReason.OutsideCatchUpWindow, RunReason.NotCaughtUp])
        {
            yield return ($"missed, {RunExplanation.Word(reason)}", s with { Rows = [s.Missed(reason)] });
        }

        yield return ("missed in an outage", s with
        {
            Rows = [s.Missed(RunReason.Superseded)],
            Outages = [new(s.Local("2026-03-02 08:58"), s.Local("2026-03-02 10:30"), "node-a", Stopped: true)],
        });
        yield return ("missed and filled in", s with
        {
            Rows = [s.Missed(RunReason.NotCaughtUp)],
            Repeats = [Asked(s.Ran(RunState.Failed, RunReason.Trap, "2026-03-02 11:00"), RunTrigger.Backfill)],
        });
    }

    private static IEnumerable<(string, WhyScene)> FilledIn(WhyScene s)
    {
        var backfill = new BackfillSummary
        {
            Id = Guid.Parse("01952a00-0000-7000-8000-00000000000f"),
            Total = 12,
            By = "ops@acme.example",
            Note = "the bank was down",
            Succeeded = 9,
            Failed = 2,
            BeganAt = s.Local("2026-03-02 10:59"),
        };
        var run = Asked(s.Ran(RunState.Succeeded, due: "2026-03-02 11:00"), RunTrigger.Backfill) with
        {
            Backfill = new BackfillPlace(backfill.Id, 12),
        };
        var missed = s with { Rows = [s.Missed(RunReason.NotCaughtUp)], Repeats = [run], Backfill = backfill };
        yield return ("missed and filled in by a backfill that has ended", missed);
        yield return ("missed and filled in by a backfill that goes on", missed with { Backfill = backfill with { Succeeded = 3, Failed = 0, Open = 1 } });
        yield return ("missed and filled in alone", missed with { Backfill = backfill with { Total = 1, Succeeded = 1, Failed = 0 } });
        yield return ("missed and filled in by one of two backfills", missed with { Backfill = backfill with { Id = Guid.Empty } });
        foreach (var scene in Filling(s))
        {
            yield return scene;
        }
    }

    // What an open backfill has yet to come to.
    private static IEnumerable<(string, WhyScene)> Filling(WhyScene s)
    {
        WhyScene In(WhyScene scene, bool held, params string[] left) => scene with
        {
            Changed = x => x with { Waiting = new Waiting { Backfill = s.Filling(held, left) } },
        };
        var missed = s with { Rows = [s.Missed(RunReason.NotCaughtUp)] };
        yield return ("missed and next in a backfill", In(missed, held: false, "2026-03-02 09:00"));
        yield return ("missed and later in a backfill", In(missed, held: false, "2026-02-28 09:00", "2026-03-01 09:00", "2026-03-02 09:00"));
        yield return ("missed and in a backfill that is held", In(missed, held: true, "2026-03-01 09:00", "2026-03-02 09:00"));
        yield return ("missed and not in the backfill", In(missed, held: false, "2026-03-01 09:00"));
        yield return ("missed and in a backfill while its tenant is paused", In(missed, held: false, "2026-03-02 09:00") with
        {
            Above = [s.Pause(PauseLayer.Tenant, "2026-03-02 11:00")],
        });
        yield return ("succeeded, and a backfill has it again", In(s with { Rows = [s.Ran(RunState.Succeeded)] }, held: true, "2026-03-02 09:00"));
    }

    // All reasons that a run can end with.
    private static IEnumerable<(string, WhyScene)> OfReasons(WhyScene s)
    {
        foreach (var reason in (RunReason[])
            [
                RunReason.ErrorStatus, RunReason.Trap, RunReason.TimeOut, RunReason.ResponseTooLarge, RunReason.OutOfMemory, RunReason.ComponentUnavailable,
                RunReason.TooManyHostCalls, RunReason.HostError, RunReason.WorkerLost,
            ])
        {
            yield return ($"failed, {RunExplanation.Word(reason)}", s with { Rows = [s.Ran(RunState.Failed, reason)] });
        }

        foreach (var reason in (RunReason[])[RunReason.NodeLost, RunReason.StoreLost])
        {
            yield return ($"abandoned, {RunExplanation.Word(reason)}", s with
            {
                Rows = [s.Ran(RunState.Abandoned, reason)],
                Nodes = [s.Node("2026-03-02 08:59")],
            });
        }

        foreach (var (reason, state) in ((RunReason, DefinitionState)[])
            [
                (RunReason.InstallDisabled, DefinitionState.InstallDisabled), (RunReason.InstallRemoved, DefinitionState.Uninstalled),
                (RunReason.ScheduleDisabled, DefinitionState.Disabled), (RunReason.ScheduleDeleted, DefinitionState.Deleted),
                (RunReason.ScheduleUnplannable, DefinitionState.Unplannable),
            ])
        {
            yield return ($"abandoned, {RunExplanation.Word(reason)}", s with
            {
                Rows = [s.Row(RunState.Abandoned, reason)],
                Definitions = [s.Definition("2026-02-01 08:00", "2026-03-02 09:01"), s.Definition("2026-03-02 09:01", state: state)],
            });
        }

        yield return ("abandoned, schedule-disabled, after its node was lost", s with
        {
            Rows = [s.Row(RunState.Abandoned, RunReason.ScheduleDisabled) with { EarlierAttempts = [s.Attempt(RunReason.NodeLost)] }],
            Definitions = [s.Definition("2026-02-01 08:00", "2026-03-02 09:02"), s.Definition("2026-03-02 09:02", state: DefinitionState.Disabled)],
            Nodes = [s.Node("2026-03-02 09:00")],
        });
        yield return ("abandoned, schedule-changed", s with
        {
            Rows = [s.Row(RunState.Abandoned, RunReason.ScheduleChanged)],
            Definitions = [s.Definition("2026-02-01 08:00", "2026-03-02 09:01"), s.Definition("2026-03-02 09:01", cron: "0 10 * * *")],
        });
        foreach (var reason in (RunReason[])[RunReason.EndpointGone, RunReason.PayloadGone])
        {
            yield return ($"abandoned, {RunExplanation.Word(reason)}", s with { Rows = [s.Row(RunState.Abandoned, reason)] });
        }

        foreach (var reason in (RunReason[])
            [
                RunReason.InstallDisabled, RunReason.InstallRemoved, RunReason.ScheduleDisabled, RunReason.ScheduleDeleted, RunReason.ScheduleUnplannable,
                RunReason.ScheduleChanged,
            ])
        {
            yield return ($"abandoned, {RunExplanation.Word(reason)}, by a change that is not kept", s with { Rows = [s.Row(RunState.Abandoned, reason)] });
        }

        yield return ("abandoned without a reason", s with { Rows = [s.Row(RunState.Abandoned)] });
    }

    private static IEnumerable<(string, WhyScene)> Paused(WhyScene s)
    {
        foreach (var layer in Enum.GetValues<PauseLayer>())
        {
            var name = layer.ToString().ToLowerInvariant();
            yield return ($"paused, {name}", s with
            {
                Rows = [s.Row(RunState.Skipped, RunReason.Paused) with { Pause = s.Pause(layer, ended: "2026-03-02 10:15") }],
            });
            var holding = s.Pause(layer);
            var open = layer == PauseLayer.Schedule
                ? s with { Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00"), Pause = holding } }
                : s with { Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00") }, Above = [holding] };
            yield return ($"paused, {name}, still", open);
            yield return ($"will not run, {name} paused", open with { At = s.Local("2026-03-03 09:00") });
        }

        yield return ("paused by the host for an upgrade", s with
        {
            Changed = x => x with
            {
                NextDueAt = s.Local("2026-03-02 09:00"),
                Pause = s.Pause(PauseLayer.Schedule) with
                {
                    Cause = PauseCause.EndpointGone,
                    Note = "POST /api/sync is not in version 2.0.0",
                    By = "escapement",
                },
            },
            Marks = [new(s.Local("2026-03-02 08:30"), "install.upgrade", "ops@acme.example")],
        });
        yield return ("paused, and resumed by somebody who is known", s with
        {
            Rows = [s.Row(RunState.Skipped, RunReason.Paused) with { Pause = s.Pause(PauseLayer.Tenant), CreatedAt = s.Local("2026-03-02 10:16") }],
            Marks = [s.Ended("2026-03-02 10:15", PauseLayer.Tenant)],
        });
        foreach (var (name, scene) in PauseScenes.Several(s))
        {
            yield return (name, scene);
        }

        yield return ("paused, in a stretch", s with
        {
            Rows =
            [
                s.Row(RunState.Skipped, RunReason.Paused, "2026-03-02 09:00") with
                {
                    Pause = s.Pause(PauseLayer.Tenant, "2026-02-27 18:00"),
                    CreatedAt = s.Local("2026-03-02 10:15"),
                    MissedCount = 3,
                    MissedFrom = s.Local("2026-02-28 09:00"),
                    MissedTo = s.Local("2026-03-02 09:00"),
                },
            ],
            At = s.Local("2026-03-01 09:00"),
        });
        foreach (var (cause, note) in ((PauseCause, string)[])
            [
                (PauseCause.Failures, "Paused after 20 failed runs in a row"), (PauseCause.EndpointGone, "POST /api/sync is not in version 2.0.0"),
            ])
        {
            yield return ($"paused by the host, {cause}", s with
            {
                Changed = x => x with
                {
                    NextDueAt = s.Local("2026-03-02 09:00"),
                    Pause = s.Pause(PauseLayer.Schedule) with { Cause = cause, Note = note, By = "escapement" },
                },
            });
        }
    }

    private static IEnumerable<(string, WhyScene)> Off(WhyScene s)
    {
        foreach (var state in (DefinitionState[])[DefinitionState.Disabled, DefinitionState.InstallDisabled, DefinitionState.Unplannable])
        {
            var off = s with { Definitions = [s.Definition("2026-02-01 08:00", "2026-02-27 18:00"), s.Definition("2026-02-27 18:00", state: state)] };
            yield return ($"disabled, {state}", off);
            yield return ($"will not run, {state}", off with { At = s.Local("2026-03-03 09:00") });
        }

        foreach (var state in (DefinitionState[])[DefinitionState.Deleted, DefinitionState.Uninstalled])
        {
            var gone = s with
            {
                IsThere = false,
                Definitions = [s.Definition("2026-02-01 08:00", "2026-02-27 18:00"), s.Definition("2026-02-27 18:00", "2026-02-27 18:00", state)],
            };
            yield return ($"deleted, {state}", gone);
            yield return ($"deleted, {state}, ahead", gone with { At = s.Local("2026-03-03 09:00") });
        }

        foreach (var (name, scene) in RemedyScenes.In(s))
        {
            yield return (name, scene);
        }

        yield return ("not yet created", s with { At = s.Local("2026-01-30 09:00") });
        yield return ("beyond retention", s with { At = s.Local("2026-02-02 09:00"), Horizon = s.Local("2026-02-10 12:00") });
    }

    private static IEnumerable<(string, WhyScene)> Waits(WhyScene s)
    {
        var due = s with { Nodes = [], Now = s.Local("2026-03-02 09:01"), Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00") } };
        yield return ("due, and taken by nobody yet", due with { Nodes = [s.Node("2026-03-02 09:01")] });
        yield return ("due, while others are under way", due with { Nodes = [s.Node("2026-03-02 09:01")], UnderWay = 4 });
        yield return ("due, and there is no node", due with { Nodes = [s.Node("2026-03-02 08:58")] });
        yield return ("due, and there never was a node", due);
        var drained = s.Node("2026-03-02 09:01") with { Drain = new NodeDrain(s.Local("2026-03-02 08:30"), "jo", "new disk") };
        yield return ("due, and all nodes are drained", due with { Nodes = [drained, s.Node("2026-03-02 07:58")] });
        yield return ("due, and one node of two is drained", due with { Nodes = [drained, s.Node("2026-03-02 09:01")] });
        yield return ("due, and starts later", due with
        {
            Nodes = null,
            Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00"), Policy = new SchedulePolicy { Spread = TimeSpan.FromHours(1) } },
        });
        yield return ("due, and would be superseded", due with { At = s.Local("2026-03-01 09:00"), Changed = NotTakenSince(s, "2026-03-01 09:00") });
        yield return ("due, and would be too old", due with
        {
            Now = s.Local("2026-03-02 09:01"),
            Changed = x => NotTakenSince(s, "2026-03-02 09:00")(x) with { Policy = new SchedulePolicy { Missed = MissedPolicy.None } },
        } with { Now = s.Local("2026-03-02 09:30") });
        yield return ("due, and would be too old for the window", due with
        {
            Now = s.Local("2026-03-02 11:00"),
            Changed = x => NotTakenSince(s, "2026-03-02 09:00")(x) with { Policy = new SchedulePolicy { CatchUp = TimeSpan.FromHours(1) } },
        });
        var open = s.Other("2026-03-02 08:00");
        yield return ("due, and meets a run", due with
        {
            Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00"), ActiveRun = open.Id },
            Others = [open],
        });
        yield return ("due, and skipped", due with
        {
            Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00"), Skips = [Skip(s.Local("2026-03-02 09:00"))] },
        });
        yield return ("due, and let go", due with
        {
            Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00") },
            Above = [s.Pause(PauseLayer.Tenant, ended: "2026-03-02 09:01")],
        });
        yield return ("waits for the run before", s with
        {
            Changed = x => x with { Waiting = new Waiting { Due = s.Local("2026-03-02 09:00") }, ActiveRun = open.Id },
            Others = [open],
        });
        yield return ("waits in a catch-up", s with
        {
            Changed = x => x with { Waiting = new Waiting { CatchUp = [new(s.Local("2026-02-27 09:00"), s.Local("2026-03-02 09:00"), 4)] } },
        });
        yield return ("waits for a slot", s with { Rows = [s.Row(RunState.Queued)] });
        yield return ("waits for a slot, and all nodes are drained", due with { Rows = [s.Row(RunState.Queued)], Nodes = [drained] });
        yield return ("waits to be tried again", s with
        {
            Rows =
            [
                s.Ran(RunState.Queued, RunReason.ErrorStatus) with
                {
                    EarlierAttempts = [s.Attempt(RunReason.ErrorStatus)],
                    AvailableAt = s.Local("2026-03-02 12:10"),
                },
            ],
        });
        foreach (var reason in (RunReason[])[RunReason.Compiling, RunReason.SandboxUnavailable])
        {
            yield return ($"waits, {RunExplanation.Word(reason)}", s with { Rows = [s.Row(RunState.Queued, reason)] });
        }
    }

    private static IEnumerable<(string, WhyScene)> Ahead(WhyScene s)
    {
        var ahead = s with { At = s.Local("2026-03-03 09:00") };
        yield return ("will run", ahead);
        yield return ("will run, in another year", s with { At = s.Local("2027-03-02 09:00") });
        yield return ("will not run, skipped", ahead with { Changed = x => x with { Skips = [Skip(ahead.At)] } });
        yield return ("will run behind a pause", ahead with { Above = [s.Pause(PauseLayer.Tenant, until: "2026-03-03 08:00")] });
        yield return ("will not run within a pause", ahead with { Above = [s.Pause(PauseLayer.Tenant, until: "2026-03-03 10:00")] });
        yield return ("will run when its pause ends", ahead with
        {
            Above = [s.Pause(PauseLayer.Tenant, until: "2026-03-03 10:00", onEnd: PauseEnd.Latest)],
        });
        var open = s.Other("2026-03-02 09:00");
        yield return ("will run if the run before ends", ahead with { Changed = x => x with { ActiveRun = open.Id }, Others = [open] });
        yield return ("will not run, because nothing fires", ahead with { Nodes = [s.Node("2026-03-02 11:58")] });
        yield return ("will not run, skipped, and nothing fires", ahead with { Nodes = [], Changed = x => x with { Skips = [Skip(ahead.At)] } });
        yield return ("will not run when its pause ends, because nothing fires", ahead with
        {
            Nodes = [],
            Above = [s.Pause(PauseLayer.Tenant, until: "2026-03-03 10:00", onEnd: PauseEnd.Latest)],
        });
        yield return ("is not due", s with { At = s.Local("2026-03-03 09:17"), Changed = x => x });
    }

    private static IEnumerable<(string, WhyScene)> Moved(WhyScene s)
    {
        WhyScene moved = s with
        {
            Definitions =
            [
                s.Definition("2026-02-01 08:00", "2026-03-02 08:30"), s.Definition("2026-03-02 08:30", cron: "0 10 * * *", by: "com.acme.sync"),
            ],
        };
        yield return ("moved away", moved with { Rows = [s.Ran(RunState.Succeeded, due: "2026-03-01 09:00")] });
        yield return ("moved to", moved with
        {
            At = s.Local("2026-03-02 10:00"),
            Rows = [s.Ran(RunState.Succeeded, due: "2026-03-02 10:00")],
        });
        yield return ("moved to another zone", s with
        {
            Definitions = [s.Definition("2026-02-01 08:00", "2026-03-01 18:00"), s.Definition("2026-03-01 18:00", zone: "Asia/Tokyo")],
            Rows = [s.Ran(RunState.Succeeded) with { DueAt = OccurrenceCalendar.For("0 9 * * *", "Asia/Tokyo").Latest(s.At.AddDays(-1), s.At)!.Value }],
        });
    }

    private static IEnumerable<(string, WhyScene)> Elsewhere(WhyScene s)
    {
        yield return ("was not due", s with { At = s.Local("2026-03-02 09:17"), Rows = [s.Ran(RunState.Succeeded)] });
        yield return ("was due, and has no row", s);
        yield return ("was not due, and never before", s with { At = s.Local("2026-02-01 08:17") });
    }

    // The days on which the clocks of the zone are put forward and back in 2026, and a time of day that falls there.
    private static IEnumerable<(string, WhyScene)> Clocks(string zone)
    {
        var (forward, back, time, cron, whole) = zone switch
        {
            "America/New_York" => ("2026-03-08 03:00", "2026-11-01 01:30", "30 2 * * *", "30 1 * * *", "2026-11-01 12:00"),
            "Europe/Berlin" => ("2026-03-29 03:00", "2026-10-25 02:30", "30 2 * * *", "30 2 * * *", "2026-10-25 12:00"),
            _ => ("2026-10-04 02:30", "2026-04-05 01:45", "15 2 * * *", "45 1 * * *", "2026-10-04 12:00"),
        };
        var skipped = new WhyScene(zone, time, forward, "2026-12-31 12:00");
        yield return ("a time that the clocks skip", skipped with { Rows = [skipped.Ran(RunState.Succeeded, due: forward)] });
        var twice = new WhyScene(zone, cron, back, "2026-12-31 12:00");
        yield return ("a time that the clocks show twice", twice with { Rows = [twice.Ran(RunState.Succeeded, due: back)] });
        var length = zone == "Australia/Lord_Howe" ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(1);
        yield return ("a time that the clocks show for the second time", twice with
        {
            At = twice.At + length,
            Rows = [twice.Ran(RunState.Succeeded, due: back)],
        });
        var rhythm = new WhyScene(zone, "*/15 * * * *", back, whole);
        yield return ("a rhythm that goes on through both", rhythm with
        {
            At = rhythm.At + length,
            Now = rhythm.At.AddDays(60),
            Rows = [rhythm.Ran(RunState.Succeeded, due: back) with { DueAt = rhythm.At + length }],
        });
    }

    private static Func<Schedule, Schedule> NotTakenSince(WhyScene s, string due) => x => x with { NextDueAt = s.Local(due) };

    private static OccurrenceSkip Skip(DateTimeOffset at) => new() { At = at, Note = "the bank is closed", By = "ops@acme.example", Since = at.AddDays(-1) };

    private static Run Asked(Run run, RunTrigger trigger) => run with { Trigger = trigger, RequestedBy = "ops@acme.example" };

    private static EndedAttempt Attempt(this WhyScene s, RunReason reason) =>
        new(1, s.Local("2026-03-02 09:00"), s.Local("2026-03-02 09:01"), reason, "node-a", null);

    public static Run Missed(this WhyScene s, RunReason reason) => s.Row(RunState.Missed, reason) with
    {
        CreatedAt = s.Local("2026-03-02 10:30"),
        MissedCount = 1,
        MissedFrom = s.Local("2026-03-02 09:00"),
        MissedTo = s.Local("2026-03-02 09:00"),
    };
}
