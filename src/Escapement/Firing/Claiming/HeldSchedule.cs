using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>A schedule that came due and is held: put aside, so that no claim meets it again until one that holds it ends.</summary>
/// <param name="Schedule">Which.</param>
/// <param name="By">The pause that its stretch is put down to.</param>
/// <param name="Until">When a claim is to look again; null for when somebody ends a pause.</param>
/// <param name="EndsOwn">Whether its own pause has ended, so that only others hold it.</param>
/// <param name="CountsAnew">Whether its failures are counted from none again.</param>
internal readonly record struct HeldSchedule(ScheduleId Schedule, Pause By, DateTimeOffset? Until, bool EndsOwn, bool CountsAnew);
