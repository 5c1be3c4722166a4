namespace Escapement.Listing;

/// <summary>What has an id: a run, a schedule or an install.</summary>
/// <param name="Scope">Whose, and of which install.</param>
/// <param name="Schedule">The schedule, or that of the run, which may have been deleted since; null for an install.</param>
/// <param name="Run">The run; null for what is none.</param>
internal sealed record FoundId(InstallScope Scope, ScheduleId? Schedule, RunId? Run);
