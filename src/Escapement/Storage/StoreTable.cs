namespace Escapement.Storage;

/// <summary>
/// A table of the stores. Whatever goes over all tables reads this list: copy-store, the tests of distribution, retention. The tests
/// of each store hold it against the real schema, so that a table or a column that is missing here fails.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Whose rows it holds.</param>
/// <param name="Columns">All its columns.</param>
internal sealed record StoreTable(string Name, TableOwner Owner, IReadOnlyList<StoreColumn> Columns)
{
    /// <summary>All of them, in an order in which a table comes after those that it refers to.</summary>
    public static IReadOnlyList<StoreTable> All { get; } =
    [
        Own("migrations", TableOwner.Registry, null, "number number", "text name", "instant applied_at"),
        Own("copies", TableOwner.Registry, null, "id source", "text content", "instant started_at finished_at"),
        Of(
            "versions", TableOwner.Registry, "id id",
            "text extension_id version publisher runtime capabilities manifest bundle_sha256 component_sha256 published_by", "long component_bytes kept_bytes",
            "instant published_at withdrawn_at"),
        Of("endpoints", TableOwner.Registry, "id version_id id", "text path method handler", "flag schedulable") with { RefersTo = ["versions"] },
        Of("bundles", TableOwner.Registry, "id version_id", "bytes content") with { RefersTo = ["versions"] },
        Own(
            "compilations", TableOwner.Registry, "compilations", "text component_sha256 engine reason", "number state attempts", "id lease_token",
            "instant lease_until started_at finished_at retry_at"),
        Of("keys", TableOwner.Registry, "text name", "bytes content", "instant created_at"),
        Of(
            "tokens", TableOwner.Registry, "id id", "text name tenants extension_prefixes made_by", "number role", "bytes sha256 old_sha256",
            "instant old_until created_at expires_at revoked_at last_used_at"),
        Own(
            "sessions", TableOwner.Registry, "sessions", "id id", "text name tenants extension_prefixes token_sha256", "number role", "bytes sha256",
            "instant created_at last_used_at"),
        Own("sign_in_codes", TableOwner.Registry, "sign_in_codes", "text token_sha256", "bytes sha256", "instant expires_at"),
        Own("buckets", TableOwner.Tenant, "buckets", "bucket bucket"),
        Own(
            "compiled_code", TableOwner.Tenant, null, "bucket bucket", "text component_sha256 engine", "number part", "bytes content",
            "instant created_at"),
        Of(
            "installs", TableOwner.Tenant, "bucket bucket", "id id version_id previous_version_id", "text tenant extension_id granted previous_granted",
            "flag enabled", "real rate_level",
            "instant rate_at created_at updated_at") with { RefersTo = ["versions"] },
        Of("capability_uses", TableOwner.Tenant, "bucket bucket", "id install_id", "text capability tenant", "instant last_used_at"),
        Of(
            "schedules", TableOwner.Tenant, "bucket bucket", "id id install_id active_run_id",
            "text tenant last_error cron time_zone method path name policy waiting pause held skips", "flag enabled payload_used",
            "number last_run_status failures pause_cause", "long revision payload_revision",
            "instant next_due_at next_start_at last_due_at last_run_at created_at updated_at", "utf8 payload")
            with { RefersTo = ["installs"] },
        Of("schedule_texts", TableOwner.Tenant, "bucket bucket", "id id", "text tenant label content endpoint"),
        Of(
            "pauses", TableOwner.Tenant, "bucket bucket", "id id install_id", "text tenant note paused_by", "number on_end", "flag by_operator",
            "instant since until_at ended_at shown_at")
            with { HostsLieInAllBuckets = true },
        Of(
            "removed_installs", TableOwner.Tenant, "bucket bucket", "id id version_id previous_version_id",
            "text tenant extension_id granted previous_granted removed_by", "flag enabled", "instant created_at updated_at removed_at"),
        Of(
            "removed_schedules", TableOwner.Tenant, "bucket bucket", "id id install_id",
            "text tenant last_error cron time_zone method path name policy pause skips removed_by", "flag enabled by_extension with_install payload_used",
            "number last_run_status failures pause_cause", "long revision payload_revision",
            "instant last_due_at last_run_at created_at updated_at removed_at", "utf8 payload"),
        Of(
            "schedule_definitions", TableOwner.Tenant, "bucket bucket", "id schedule_id install_id", "number number state spread",
            "text tenant cron time_zone changed_by", "instant since until_at"),
        Of(
            "queued_runs", TableOwner.Tenant, "bucket bucket", "id id install_id schedule_id version_id",
            "text tenant node asked error earlier_attempts evidence",
            "number trigger_kind reason attempt lost_attempts stopped_attempts status_code payload_revision",
            "instant due_at available_at created_at started_at")
            with { InSqlite = "runs WHERE state = 0" },
        Of(
            "running_runs", TableOwner.Tenant, "bucket bucket", "id id install_id schedule_id lease_token",
            "text tenant node asked earlier_attempts", "short trigger_kind", "number attempt lost_attempts stopped_attempts payload_revision",
            "instant due_at lease_until created_at started_at") with { InSqlite = "runs WHERE state = 1" },
        Of(
            "runs", TableOwner.Tenant, "bucket bucket", "id id install_id schedule_id version_id",
            "text tenant node asked error earlier_attempts evidence pause",
            "number trigger_kind state reason attempt lost_attempts stopped_attempts status_code missed_count payload_revision",
            "instant due_at created_at started_at finished_at missed_from missed_to")
            with { InSqlite = "runs WHERE state >= 2", History = new TableHistory("due_at", HistorySpan.Week, cutoffs => cutoffs.Runs) },
        Of(
            "past_payloads", TableOwner.Tenant, "bucket bucket", "id schedule_id", "long revision", "text tenant", "instant replaced_at", "utf8 payload")
            with { History = new TableHistory("replaced_at", HistorySpan.Week, cutoffs => cutoffs.Runs) },
        Of(
            "calls", TableOwner.Tenant, "bucket bucket", "id id install_id version_id", "text tenant method path error evidence",
            "number status reason duration_ms", "instant at")
            with { History = new TableHistory("at", HistorySpan.Week, cutoffs => cutoffs.Runs) },
        Of(
            "audit", TableOwner.Tenant, "bucket bucket", "id id install_id undoes", "text tenant actor_id action target detail changes",
            "number actor_kind outcome count", "instant at")
            with { History = new TableHistory("at", HistorySpan.Month, cutoffs => cutoffs.Audit) },
        Of("audit_values", TableOwner.Tenant, "bucket bucket", "id install_id", "text tenant sha256", "instant kept_at", "utf8 content", "flag by_extension"),
        Of(
            "bulk_changes", TableOwner.Tenant, "bucket bucket", "id id undoes", "text tenant action actor_id",
            "number actor_kind state total done left_out parts", "flag by_operator", "instant created_at ended_at"),
        Of("bulk_parts", TableOwner.Tenant, "bucket bucket", "id bulk_id", "number number", "bytes things sources fates entries"),
        Own(
            "previews", TableOwner.Tenant, "previews", "bucket bucket", "id id", "text tenant caller kind content", "bytes things",
            "instant created_at taken_at"),
        Own(
            "answers", TableOwner.Tenant, "answers", "bucket bucket", "bytes request_sha256 body_sha256", "number status", "text location", "utf8 content",
            "instant at"),
        Own(
            "nodes", TableOwner.Tenant, "nodes", "bucket bucket", "id id", "text name version drained_by drain_note",
            "number slots mean_run_ms mean_run_of clock_offset_ms store_took_ms",
            "instant started_at seen_at ended_at draining_since idle_since drained_at drain_ended_at"),
        Of("outages", TableOwner.Tenant, "bucket bucket", "instant from_at to_at", "text node drained_node drained_by", "flag stopped"),
        Own("health", TableOwner.Tenant, "health", "bucket bucket", "long checks"),
    ];

    /// <summary>Those that copy-store brings.</summary>
    public static IReadOnlyList<StoreTable> Copied { get; } = [.. All.Where(t => t.IsCopied)];

    /// <summary>Those whose rows retention takes away when they are old.</summary>
    public static IReadOnlyList<StoreTable> WithHistory { get; } = [.. All.Where(t => t.History is not null)];

    /// <summary>Whether its rows are the installation's; what a store notes for itself is not copied to another.</summary>
    public bool IsCopied { get; private init; } = true;

    /// <summary>
    /// What it is in the embedded store, as a FROM clause says it: that one keeps open and ended runs in one table. Null where it has none.
    /// </summary>
    public string? InSqlite { get; private init; } = Name;

    /// <summary>Whether what is no tenant's lies in every bucket, and not in one.</summary>
    public bool HostsLieInAllBuckets { get; private init; }

    /// <summary>The tables that its rows refer to, as the database holds them to it.</summary>
    public IReadOnlyList<string> RefersTo { get; private init; } = [];

    /// <summary>What retention goes by; null for a table whose rows stay.</summary>
    public TableHistory? History { get; private init; }

    // A kind, and then the names of the columns of that kind.
    private static StoreTable Of(string name, TableOwner owner, params IEnumerable<string> columns) =>
        new(name, owner, [.. columns.Select(c => c.Split(' ')).SelectMany(c => c.Skip(1).Select(n => new StoreColumn(n, Kind(c[0]))))]);

    private static ColumnKind Kind(string word) => Enum.Parse<ColumnKind>(word, ignoreCase: true);

    private static StoreTable Own(string name, TableOwner owner, string? inSqlite, params IEnumerable<string> columns) =>
        Of(name, owner, columns) with { IsCopied = false, InSqlite = inSqlite };
}

/// <summary>Whose rows a table holds.</summary>
internal enum TableOwner
{
    /// <summary>Everybody's: small, and the same on every machine of a distributed database.</summary>
    Registry,

    /// <summary>A tenant's, or large: each row carries its bucket, by which a distributed database spreads them.</summary>
    Tenant,
}
