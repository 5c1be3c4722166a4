using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Tests.Why;

/// <summary>What pauses that have ended left behind, and several at once.</summary>
internal static class PauseScenes
{
    /// <summary>A run that started late.</summary>
    public static IEnumerable<(string Name, WhyScene Scene)> Late(WhyScene s)
    {
        var begun = s.Paused("2026-03-02 08:30", s.Pause(PauseLayer.Tenant));
        yield return ("late for a pause that was resumed", s with { Marks = [s.Ended("2026-03-02 10:15", PauseLayer.Tenant), begun] });
        yield return ("late for a pause that was taken back", s with { Marks = [s.Ended("2026-03-02 10:15", PauseLayer.Tenant, takesBack: true), begun] });
        yield return ("late for a pause that ended by itself", s with
        {
            Marks = [s.Paused("2026-03-02 08:30", s.Pause(PauseLayer.Schedule, until: "2026-03-02 10:15"))],
        });
        yield return ("late for a pause that ended by itself and is kept", s with
        {
            Above = [s.Pause(PauseLayer.Host, until: "2026-03-02 10:15")],
        });
        yield return ("late for two pauses", s with
        {
            Marks =
            [
                s.Ended("2026-03-02 10:15", PauseLayer.Schedule),
                s.Paused("2026-03-02 08:45", s.Pause(PauseLayer.Schedule)),
                s.Paused("2026-03-02 08:30", s.Pause(PauseLayer.Tenant, until: "2026-03-02 09:30")),
            ],
        });
        yield return ("late, long after a pause and in another", s with
        {
            Marks =
            [
                s.Ended("2026-03-02 10:14", PauseLayer.Install),
                s.Paused("2026-03-02 09:30", s.Pause(PauseLayer.Install)),
                s.Ended("2026-03-02 08:40", PauseLayer.Install),
                s.Paused("2026-03-02 08:20", s.Pause(PauseLayer.Install)),
            ],
        });
    }

    /// <summary>An occurrence that more than one pause held.</summary>
    public static IEnumerable<(string Name, WhyScene Scene)> Several(WhyScene s)
    {
        yield return ("paused by several", s with
        {
            Rows = [s.Row(RunState.Skipped, RunReason.Paused) with { Pause = s.Pause(PauseLayer.Tenant), CreatedAt = s.Local("2026-03-02 10:16") }],
            Above = [s.Pause(PauseLayer.Tenant, ended: "2026-03-02 09:30"), s.Pause(PauseLayer.Host, "2026-03-02 08:50", until: "2026-03-02 09:10")],
            Marks = [s.Ended("2026-03-02 10:15", PauseLayer.Schedule), s.Paused("2026-03-02 08:45", s.Pause(PauseLayer.Schedule))],
        });
        yield return ("paused by another than its stretch began with", s with
        {
            Rows =
            [
                s.Row(RunState.Skipped, RunReason.Paused) with
                {
                    Pause = s.Pause(PauseLayer.Tenant, "2026-02-27 18:00"),
                    CreatedAt = s.Local("2026-03-02 10:16"),
                    MissedCount = 3,
                    MissedFrom = s.Local("2026-02-28 09:00"),
                    MissedTo = s.Local("2026-03-02 09:00"),
                },
            ],
            Marks =
            [
                s.Ended("2026-03-02 10:15", PauseLayer.Schedule),
                s.Ended("2026-03-01 12:00", PauseLayer.Tenant),
                s.Paused("2026-03-01 10:00", s.Pause(PauseLayer.Schedule)),
            ],
        });
        // As a script does that cannot change the end of a pause.
        var second = s.Pause(PauseLayer.Tenant) with { Id = Guid.AllBitsSet, Since = s.Local("2026-03-02 08:50").AddMilliseconds(40), Note = "until eight" };
        yield return ("paused anew as soon as a pause had ended", s with
        {
            Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00") },
            Above = [second, s.Pause(PauseLayer.Tenant, ended: "2026-03-02 08:50")],
            Marks =
            [
                s.Paused("2026-03-02 08:50", second) with { At = second.Since.AddMilliseconds(3) },
                s.Ended("2026-03-02 08:50", PauseLayer.Tenant),
                s.Paused("2026-03-02 08:30", s.Pause(PauseLayer.Tenant)),
            ],
        });
        yield return ("paused anew, ended and again as soon as a pause had ended, of which only the audit knows", s with
        {
            Rows = [s.Row(RunState.Skipped, RunReason.Paused) with { Pause = second, CreatedAt = s.Local("2026-03-02 09:31") }],
            Marks =
            [
                s.Ended("2026-03-02 09:30", PauseLayer.Tenant),
                s.Paused("2026-03-02 08:50", second) with { At = second.Since },
                s.Ended("2026-03-02 08:50", PauseLayer.Tenant),
                s.Paused("2026-03-02 08:49", s.Pause(PauseLayer.Tenant)) with { At = s.Local("2026-03-02 08:50").AddMilliseconds(-200) },
            ],
        });
        var several = s with
        {
            Changed = x => x with { NextDueAt = s.Local("2026-03-02 09:00"), Pause = s.Pause(PauseLayer.Schedule, "2026-03-02 08:45") },
            Above = [s.Pause(PauseLayer.Tenant)],
        };
        yield return ("paused by several, still", several);
        yield return ("will not run, paused by several", several with { At = s.Local("2026-03-03 09:00") });
        yield return ("paused by an operator too", several with
        {
            Above = [s.Pause(PauseLayer.Tenant) with { ByOperator = true }, s.Pause(PauseLayer.Install, "2026-03-02 08:40", until: "2026-03-03 08:40")],
        });
    }
}
