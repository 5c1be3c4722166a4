using Escapement.Pausing;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.StoredForms;

/// <summary>Pauses and changes of the version as <c>list_marks</c> selects them, and what it is asked with for each thing that a schedule lies below.</summary>
internal static class StoredMark
{
    /// <summary>The schedule and what is above it, as the audit names them.</summary>
    public static IReadOnlyList<(TenantId? Tenant, string Target)> Targets(InstallScope scope, ScheduleId schedule) =>
        [(scope.Tenant, schedule.ToString()), (scope.Tenant, scope.Install.ToString()), (scope.Tenant, scope.Tenant.Value), (null, "")];

    public static TValues Write<TValues>(TValues statement, (TenantId? Tenant, string Target) of, WhySpan span)
        where TValues : IStoredValues<TValues> => statement
        .Set("tenant", of.Tenant?.Value ?? "")
        .Set("target", of.Target)
        .Set("from", span.From)
        .Set("to", span.UpTo)
        .Set("limit", (long)IWhyStore.Most);

    /// <summary>How many runs of an install are under way, in the order in which <c>claim_running</c> selects them.</summary>
    public static (InstallScope Scope, int Count) ReadRunning<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => (new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(0))), row.Int(2));

    public static WhyMark Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct
    {
        var (at, action, by, changes) = (row.Time(0), row.Text(1), row.Text(2), FieldChangesJson.Read(row.TextOrNull(4)));
        return new WhyMark(at, action, by)
        {
            Began = PauseFields.After(changes) ?? (action == "schedule.pause" && changes.Count == 0 ? HostsPause(by, row.TextOrNull(3)) : null),
            TakesBack = row.IdOrNull(5) is not null,
            EndsPause = PauseFields.Before(changes) is not null || action.EndsWith(".resume", StringComparison.Ordinal),
        };
    }

    // The host notes its own with what it says of them alone.
    private static Pause HostsPause(string by, string? note) =>
        new() { Id = Guid.Empty, Layer = PauseLayer.Schedule, Since = default, Cause = PauseCause.Failures, Note = note ?? "", By = by };
}
