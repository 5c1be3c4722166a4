using Escapement.Installs;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <summary>Reads installs, and whether their versions can be had.</summary>
internal static class InstallRow
{
    /// <summary>One install, or null.</summary>
    public static Install? Find(Database database, InstallScope scope) =>
        database.Sql("get_install").Set("id", scope.Install.Value).Set("tenant", scope.Tenant.Value).First(StoredInstall.Read);

    /// <summary>A tenant's install of an extension, or null.</summary>
    public static Install? Find(Database database, TenantId tenant, string extensionId) =>
        database.Sql("find_install").Set("tenant", tenant.Value).Set("extension", extensionId).First(StoredInstall.Read);

    public static bool IsWithdrawn(Database database, VersionId version)
    {
        using var rows = database.Sql("get_withdrawn").Set("id", version.Value).Open();
        return rows.Read();
    }
}
