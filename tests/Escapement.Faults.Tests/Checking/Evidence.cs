using System.Globalization;
using System.Text.Json;
using Escapement.Faults.Tests.Cluster;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Faults.Tests.Checking;

/// <summary>A row of the ledger as it lies in the table. Instants are the cluster's.</summary>
internal sealed record LedgerRow
{
    public required Guid Id { get; init; }

    public required Guid Schedule { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public RunTrigger Trigger { get; init; }

    public required RunState State { get; init; }

    public RunReason Reason { get; init; }

    public int Attempt { get; init; }

    public string? Node { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int? StatusCode { get; init; }

    public MissedOccurrences? Missed { get; init; }

    public IReadOnlyList<EndedAttempt> Earlier { get; init; } = [];

    public bool IsOpen => State is RunState.Queued or RunState.Running;
}

/// <summary>A schedule as it lies in the table.</summary>
internal sealed record StoredSchedule(
    Guid Id,
    string? Name,
    string Cron,
    string Zone,
    bool Enabled,
    DateTimeOffset? NextDueAt,
    Guid? ActiveRun,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Revision);

/// <summary>An audit entry as it lies in the table.</summary>
internal sealed record AuditRow(string Action, string? Target, bool Done, string? Detail);

/// <summary>A call as the sandbox saw it. Instants are real.</summary>
internal sealed record Call(
    string Key,
    string Schedule,
    string DueAt,
    RunTrigger Trigger,
    int Attempt,
    string Node,
    DateTimeOffset Start,
    DateTimeOffset? End,
    string? Result);

/// <summary>Everything there is to judge by: what the store holds, and what the sandboxes wrote down.</summary>
internal sealed record Evidence
{
    public IReadOnlyList<LedgerRow> Ledger { get; init; } = [];

    public IReadOnlyList<StoredSchedule> Schedules { get; init; } = [];

    public IReadOnlyList<AuditRow> Audit { get; init; } = [];

    public IReadOnlyList<Call> Calls { get; init; } = [];

    /// <summary>Ids of schedules that a guest was told it had made.</summary>
    public IReadOnlyList<Guid> MadeByGuests { get; init; } = [];

    /// <summary>When node processes stood still, as they noticed themselves.</summary>
    public IReadOnlyList<Trouble> Stalls { get; init; } = [];

    public static async Task<Evidence> GatherAsync(TestCluster cluster)
    {
        // Read first, and their calls last: what a guest was told is stored by then, and a row that has ended has its call.
        var before = CallFiles.Read(cluster.Lives.Select(l => (l.Name, l.CallsFile)), new Evidence());
        var ledger = await cluster.Postgres.ReadAsync(
            "SELECT id, schedule_id, due_at, trigger_kind, state, reason, attempt, node, created_at, finished_at, status_code, "
            + "missed_count, missed_from, missed_to, earlier_attempts FROM all_runs",
            r => new LedgerRow
            {
                Id = r.GetGuid(0),
                Schedule = r.GetGuid(1),
                DueAt = Time(r, 2)!.Value,
                Trigger = (RunTrigger)r.GetInt32(3),
                State = (RunState)r.GetInt32(4),
                Reason = (RunReason)r.GetInt32(5),
                Attempt = r.GetInt32(6),
                Node = Text(r, 7),
                CreatedAt = Time(r, 8)!.Value,
                FinishedAt = Time(r, 9),
                StatusCode = r.IsDBNull(10) ? null : r.GetInt32(10),
                Missed = r.IsDBNull(11) ? null : new MissedOccurrences(Time(r, 12)!.Value, Time(r, 13)!.Value, r.GetInt32(11), (RunReason)r.GetInt32(5)),
                Earlier = Text(r, 14) is { } json ? EarlierAttempts.Read(json) : [],
            });
        var schedules = await cluster.Postgres.ReadAsync(
            "SELECT id, name, cron, time_zone, enabled, next_due_at, active_run_id, created_at, updated_at, revision FROM schedules",
            r => new StoredSchedule(
                r.GetGuid(0),
                Text(r, 1),
                r.GetString(2),
                r.GetString(3),
                r.GetBoolean(4),
                Time(r, 5),
                r.IsDBNull(6) ? null : r.GetGuid(6),
                Time(r, 7)!.Value,
                Time(r, 8)!.Value,
                r.GetInt64(9)));
        var audit = await cluster.Postgres.ReadAsync(
            "SELECT action, target, outcome, detail FROM audit",
            r => new AuditRow(r.GetString(0), Text(r, 1), r.GetInt32(2) == 0, Text(r, 3)));
        var stored = new Evidence { Ledger = ledger, Schedules = schedules, Audit = audit };
        return CallFiles.Read(cluster.Lives.Select(l => (l.Name, l.CallsFile)), stored) with { MadeByGuests = before.MadeByGuests };
    }

    private static DateTimeOffset? Time(Npgsql.NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(Npgsql.NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
