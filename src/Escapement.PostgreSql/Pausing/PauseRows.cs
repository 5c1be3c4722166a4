using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Pausing;

/// <summary>Asks for pauses above schedules, and reads them.</summary>
internal static class PauseRows
{
    /// <summary>The question for those above a tenant's schedules; without a tenant for the host's alone.</summary>
    public static BatchStatement Of(TenantId? tenant) =>
        BatchStatement.Of("list_pauses").Set("bucket", Bucket.Of(tenant)).Set("tenant", tenant?.Value ?? "");

    /// <summary>Adds the question for those above an install's schedules to what is sent next.</summary>
    public static void Ask(Session session, InstallScope scope) => session.Add(Of(scope.Tenant));

    /// <summary>Reads the answer, with those that have ended and still hold something.</summary>
    public static async ValueTask<IReadOnlyCollection<Pause>> OverAsync(Rows rows, InstallScope scope, CancellationToken cancellationToken) =>
        [.. (await rows.ListAsync(StoredPause.Read, cancellationToken)).Where(p => p.Target.Covers(scope)).Select(p => p.Pause)];
}
