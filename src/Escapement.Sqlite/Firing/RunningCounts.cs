using System.Runtime.InteropServices;
using Escapement.Firing;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Firing;

/// <summary>How many runs are under way for each install and tenant, kept up to date while a claim opens more.</summary>
internal sealed class RunningCounts
{
    private readonly Dictionary<InstallId, int> installs = [];
    private readonly Dictionary<TenantId, int> tenants = [];
    private readonly int perInstall;
    private readonly int perTenant;

    public RunningCounts(Database database, ClaimRequest request)
    {
        perInstall = request.MaxRunningPerInstall;
        perTenant = request.MaxRunningPerTenant;
        using var rows = database.Sql("claim_running").Open();
        while (rows.Read())
        {
            Add(new InstallScope(TenantId.Parse(rows.Text(1)), new InstallId(rows.Id(0))), rows.Int(2));
        }
    }

    /// <summary>Whether the install, or its tenant, has as many as it may.</summary>
    public bool IsFull(InstallScope scope) =>
        installs.GetValueOrDefault(scope.Install) >= perInstall || tenants.GetValueOrDefault(scope.Tenant) >= perTenant;

    public void Add(InstallScope scope, int count = 1)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(installs, scope.Install, out _) += count;
        CollectionsMarshal.GetValueRefOrAddDefault(tenants, scope.Tenant, out _) += count;
    }
}
