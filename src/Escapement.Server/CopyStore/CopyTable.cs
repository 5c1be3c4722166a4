namespace Escapement.Server.CopyStore;

/// <summary>
/// A table that is copied, with all its columns. What is left out says nothing about the installation: the health probe's counter,
/// the buckets, which are always the same, and what each store notes about itself.
/// </summary>
/// <param name="Name">Its name in PostgreSQL.</param>
/// <param name="Columns">Its columns, of the same names on both sides.</param>
/// <param name="Source">What it is in SQLite, as a FROM clause says it: the embedded store keeps runs that are open and runs that have ended in one table.</param>
internal sealed record CopyTable(string Name, IReadOnlyList<CopyColumn> Columns, string Source)
{
    /// <summary>All of them, in an order in which a table comes after those that it refers to.</summary>
    public static IReadOnlyList<CopyTable> All { get; } =
    [
        Of("versions", "versions", "id id", "text extension_id version publisher runtime capabilities manifest bundle_sha256 component_sha256", "instant published_at"),
        Of("endpoints", "endpoints", "id version_id id", "text path method handler", "flag schedulable"),
        Of("bundles", "bundles", "id version_id", "bytes content"),
        Of("installs", "installs", "bucket bucket", "id id version_id", "text tenant extension_id granted", "flag enabled", "real rate_level", "instant rate_at created_at updated_at"),
        Of(
            "schedules", "schedules", "bucket bucket", "id id install_id active_run_id", "text tenant last_error cron time_zone method path name retry", "flag enabled",
            "number last_run_status", "long revision", "instant next_due_at last_due_at last_run_at created_at updated_at", "utf8 payload"),
        Of(
            "queued_runs", "runs WHERE state = 0", "bucket bucket", "id id install_id schedule_id", "text tenant node requested_by error earlier_attempts evidence",
            "number trigger_kind attempt lost_attempts stopped_attempts status_code", "instant due_at available_at created_at started_at"),
        Of(
            "running_runs", "runs WHERE state = 1", "bucket bucket", "id id install_id schedule_id lease_token", "text tenant node requested_by earlier_attempts",
            "number trigger_kind attempt lost_attempts stopped_attempts", "instant due_at lease_until created_at started_at"),
        Of(
            "runs", "runs WHERE state >= 2", "bucket bucket", "id id install_id schedule_id", "text tenant node requested_by error earlier_attempts evidence",
            "number trigger_kind state reason attempt lost_attempts stopped_attempts status_code missed_count",
            "instant due_at created_at started_at finished_at missed_from missed_to"),
        Of("audit", "audit", "bucket bucket", "id id install_id", "text tenant actor_id action target detail", "number actor_kind outcome", "instant at"),
        Of("tokens", "tokens", "id id", "text name", "bytes sha256", "instant created_at"),
    ];

    /// <summary>The column that says into which partition a row belongs; null for a table without partitions.</summary>
    public string? PartitionedBy => Name switch
    {
        "runs" => "due_at",
        "audit" => "at",
        _ => null,
    };

    /// <summary>The columns' names, as a statement lists them.</summary>
    public string ColumnNames => string.Join(", ", Columns.Select(c => c.Name));

    // A kind, and then the names of the columns of that kind.
    private static CopyTable Of(string name, string source, params string[] columns) =>
        new(name, [.. columns.Select(c => c.Split(' ')).SelectMany(c => c.Skip(1).Select(n => new CopyColumn(n, Enum.Parse<ColumnKind>(c[0], ignoreCase: true))))], source);
}
