using Escapement.Installs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Scheduling;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <summary>Changes an install's version or grants, inside the writer's transaction.</summary>
internal static class ChangeInstall
{
    public static InstallOutcome Run(
        Database database,
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        out string? detail)
    {
        detail = null;
        if (InstallRow.Find(database, scope) is not { } current)
        {
            return new InstallOutcome.NotFound();
        }

        if (target is { } version && InstallRow.IsWithdrawn(database, version))
        {
            return new InstallOutcome.VersionWithdrawn();
        }

        var uses = database.Sql("list_endpoint_uses")
            .Set("install", scope.Install.Value)
            .Set("tenant", scope.Tenant.Value)
            .List(StoredEndpointUse.Read);
        var change = decide(current, uses);
        if (change.After is not { } after)
        {
            return new InstallOutcome.Refused(change.Problems);
        }

        StoredInstall.WriteChanged(database.Sql("update_install"), after).Run();
        if (change.Follow is { } follow)
        {
            VersionFollowers.Follow(database, scope, follow);
        }
        else if (change.ResetsFailures)
        {
            database.Sql("reset_failures").Set("install", scope.Install.Value).Run();
        }

        detail = change.Detail;
        return InstallOutcome.Changed(current, after);
    }
}
