using System.Runtime.CompilerServices;
using Escapement.Audit;
using Escapement.Pausing;
using Escapement.Scheduling;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Pausing;

/// <inheritdoc/>
internal sealed class SqlitePauseStore(WriteQueue writer, ReadPool reader) : IPauseStore
{
    private const int Page = 1_000;

    public ValueTask<IReadOnlyList<OuterPause>> ListAsync(TenantId? tenant, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<OuterPause>>(db => PauseRows.List(db, tenant), cancellationToken);

    public ValueTask<IReadOnlyList<OuterPause>> ListAllAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<OuterPause>>(db => db.Sql("list_all_pauses").List(StoredPause.Read), cancellationToken);

    public ValueTask<PauseOutcome> PauseAsync(
        OuterPause pause, AuditEntry audit, Func<Pause?, bool>? expected, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, Add(db, pause, expected)), cancellationToken);

    public ValueTask<PauseOutcome> ResumeAsync(PauseTarget target, PauseEnding ending, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, End(db, target, ending)), cancellationToken);

    public async IAsyncEnumerable<Schedule> HeldAsync(PauseTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Schedule> page = [];
        do
        {
            var after = page.Count == 0 ? Guid.Empty : page[^1].Id.Value;
            page = await reader.ReadAsync(
                db => StoredPause.WriteTarget(db.Sql("list_held"), target).Set("after", after).Set("limit", (long)Page).List(StoredSchedule.Read),
                cancellationToken);
            foreach (var schedule in page)
            {
                yield return schedule;
            }
        }
        while (page.Count == Page);
    }

    private static PauseOutcome Add(Database database, OuterPause pause, Func<Pause?, bool>? expected)
    {
        if (PauseRules.Refusal(PauseRows.List(database, pause.Target.Tenant), pause, expected) is { } refused)
        {
            return refused;
        }

        if (pause.Target.Install is { } install && !IsThere(database, pause.Target.Tenant!.Value, install))
        {
            return PauseRules.InstallGone;
        }

        StoredPause.Write(database.Sql("add_pause"), pause).Run();
        return PauseRules.Began(pause.Pause, UnderWay(database, pause.Target));
    }

    private static bool IsThere(Database database, TenantId tenant, InstallId install)
    {
        using var rows = database.Sql("hold_installed").Set("install", install.Value).Set("tenant", tenant.Value).Open();
        return rows.Read();
    }

    private static PauseOutcome End(Database database, PauseTarget target, PauseEnding ending)
    {
        var (ended, outcome) = PauseRules.End(PauseRows.List(database, target.Tenant), target, ending, UnderWay(database, target));
        if (ended is not null)
        {
            database.Sql("end_pause").Set("now", ending.Now).Set("on_end", (long)ended.OnEnd).Set("shown_at", ended.ShownAt).Set("id", ended.Id).Run();
        }

        return outcome;
    }

    private static int UnderWay(Database database, PauseTarget target) => database.Sql("claim_running")
        .List(r => (Scope: new InstallScope(TenantId.Parse(r.Text(1)), new InstallId(r.Id(0))), Count: r.Int(2)))
        .Where(r => target.Covers(r.Scope))
        .Sum(r => r.Count);

    private static PauseOutcome Audited(Database database, AuditEntry audit, PauseOutcome outcome)
    {
        AuditRow.Append(database, audit.Refused(outcome.Refusal).Telling(outcome.Changed));
        return outcome;
    }
}
