using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>
/// A pause above the schedules as its columns, in the order in which <c>list_pauses</c> and its like select them, and under the names by which
/// <c>add_pause</c> takes them. The host's has the tenant <c>''</c>.
/// </summary>
internal static class StoredPause
{
    public static OuterPause Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct
    {
        var target = new PauseTarget(
            row.Text(1) is { Length: > 0 } tenant ? TenantId.Parse(tenant) : null, row.IdOrNull(2) is { } install ? new InstallId(install) : null);
        return new OuterPause(target, new Pause
        {
            Id = row.Id(0),
            Layer = target.Layer,
            Since = row.Time(3),
            Until = row.TimeOrNull(4),
            OnEnd = (PauseEnd)row.Int(5),
            Cause = PauseCause.Asked,
            Note = row.Text(6),
            By = row.Text(7),
            ByOperator = row.Bool(8),
            EndedAt = row.TimeOrNull(9),
            ShownAt = row.TimeOrNull(10),
        });
    }

    public static TValues Write<TValues>(TValues statement, OuterPause outer)
        where TValues : IStoredValues<TValues> => WriteTarget(statement, outer.Target)
        .Set("id", outer.Pause.Id)
        .Set("since", outer.Pause.Since)
        .Set("until", outer.Pause.Until)
        .Set("on_end", (long)outer.Pause.OnEnd)
        .Set("note", outer.Pause.Note)
        .Set("paused_by", outer.Pause.By)
        .Set("by_operator", outer.Pause.ByOperator);

    public static TValues WriteTarget<TValues>(TValues statement, PauseTarget target)
        where TValues : IStoredValues<TValues> => statement
        .Set("tenant", target.Tenant?.Value ?? "")
        .Set("install", target.Install?.Value);
}
