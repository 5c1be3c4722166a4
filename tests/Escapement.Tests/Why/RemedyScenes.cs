using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Tests.Why;

/// <summary>What was in the way then and is no more, or another thing is by now: what there is to do goes by now.</summary>
internal static class RemedyScenes
{
    public static IEnumerable<(string Name, WhyScene Scene)> In(WhyScene s)
    {
        IReadOnlyList<ScheduleDefinition> Off(DefinitionState state, string since) =>
        [
            s.Definition("2026-02-01 08:00", since), s.Definition(since, "2026-03-02 11:00", state), s.Definition("2026-03-02 11:00"),
        ];
        foreach (var state in (DefinitionState[])[DefinitionState.Disabled, DefinitionState.InstallDisabled, DefinitionState.Unplannable])
        {
            yield return ($"disabled then, {state}", s with { Definitions = Off(state, "2026-02-27 18:00") });
        }

        foreach (var (state, reason) in ((DefinitionState, RunReason)[])
            [
                (DefinitionState.Disabled, RunReason.ScheduleDisabled), (DefinitionState.InstallDisabled, RunReason.InstallDisabled),
                (DefinitionState.Deleted, RunReason.ScheduleDeleted),
            ])
        {
            yield return ($"abandoned then, {state}", s with { Rows = [s.Row(RunState.Abandoned, reason)], Definitions = Off(state, "2026-03-02 09:01") });
        }

        yield return ("deleted, and restored since", s with
        {
            Definitions =
            [
                s.Definition("2026-02-01 08:00", "2026-02-27 18:00"), s.Definition("2026-02-27 18:00", "2026-02-27 18:00", DefinitionState.Deleted),
                s.Definition("2026-03-02 11:00"),
            ],
        });
        yield return ("disabled then, install disabled now", s with
        {
            Definitions =
            [
                s.Definition("2026-02-01 08:00", "2026-02-27 18:00"), s.Definition("2026-02-27 18:00", "2026-03-02 11:00", DefinitionState.Disabled),
                s.Definition("2026-03-02 11:00", state: DefinitionState.InstallDisabled),
            ],
        });
        yield return ("missed, and its tenant is paused now", s with
        {
            Rows = [s.Missed(RunReason.Superseded)],
            Above = [s.Pause(PauseLayer.Tenant, "2026-03-02 11:00")],
        });
        yield return ("missed, and disabled now", s with
        {
            Rows = [s.Missed(RunReason.Superseded)],
            Definitions = [s.Definition("2026-02-01 08:00", "2026-03-02 11:00"), s.Definition("2026-03-02 11:00", state: DefinitionState.Disabled)],
        });
        yield return ("failed, and deleted since", s with
        {
            IsThere = false,
            Rows = [s.Ran(RunState.Failed, RunReason.Trap)],
            Definitions =
            [
                s.Definition("2026-02-01 08:00", "2026-03-02 11:00"), s.Definition("2026-03-02 11:00", "2026-03-02 11:00", DefinitionState.Deleted),
            ],
        });
        yield return ("overlap, and one may wait now", s with
        {
            Rows = [s.Row(RunState.Skipped, RunReason.Overlap)],
            Changed = x => x with { Policy = new SchedulePolicy { Overlap = OverlapPolicy.QueueOne } },
        });
        yield return ("endpoint gone still", s with
        {
            Rows = [s.Row(RunState.Abandoned, RunReason.EndpointGone)],
            Changed = x => x with { Pause = s.Pause(PauseLayer.Schedule, "2026-03-02 09:01") with { Cause = PauseCause.EndpointGone } },
        });
    }
}
