using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>A schedule that moves on.</summary>
/// <param name="Schedule">Which.</param>
/// <param name="NextDueAt">Its next occurrence.</param>
/// <param name="NextStartAt">What claims are to go by from now on.</param>
/// <param name="LastDueAt">The latest occurrence that is covered now; null when none was added.</param>
/// <param name="Run">The run that was opened for it, if any.</param>
/// <param name="Waiting">What waits from now on.</param>
/// <param name="ClaimedAt">What this claim went by.</param>
/// <param name="WasHeld">Whether it was put aside because pauses held it.</param>
/// <param name="EndsOwn">Whether its own pause has ended.</param>
/// <param name="CountsAnew">Whether its failures are counted from none again.</param>
internal readonly record struct AdvancedSchedule(
    ScheduleId Schedule,
    DateTimeOffset? NextDueAt,
    DateTimeOffset? NextStartAt,
    DateTimeOffset? LastDueAt,
    RunId? Run,
    Waiting? Waiting,
    DateTimeOffset ClaimedAt,
    bool WasHeld = false,
    bool EndsOwn = false,
    bool CountsAnew = false)
{
    /// <summary>The same without its run, whose end opens nothing then: if something waits, the next claim has to.</summary>
    public AdvancedSchedule WithoutRun() => this with
    {
        Run = null,
        Waiting = (Waiting is { } waiting && waiting.CatchUpRun == Run ? waiting with { CatchUpRun = null } : Waiting)?.OrNull,
        NextStartAt = Waiting is { HasWork: true } ? ClaimedAt : NextStartAt,
    };
}

/// <summary>A schedule that cannot be planned, and why.</summary>
internal readonly record struct UnplannableSchedule(ScheduleId Schedule, DateTimeOffset? LastDueAt, string Error);
