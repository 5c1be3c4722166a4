namespace Escapement.Runs;

/// <summary>Which runs.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Install">Only this install's; null for all.</param>
/// <param name="Schedule">Only this schedule's; null for all.</param>
/// <param name="State">Only those in this state; null for all.</param>
/// <param name="Before">The last row of the page before: only rows that sort after it; null for the first page.</param>
/// <param name="Limit">At most this many.</param>
internal sealed record RunQuery(TenantId Tenant, InstallId? Install, ScheduleId? Schedule, RunState? State, RunCursor? Before, int Limit);

/// <summary>A place in a list of runs.</summary>
/// <param name="DueAt">The row's due time.</param>
/// <param name="Id">The row's id.</param>
internal sealed record RunCursor(DateTimeOffset DueAt, RunId Id);
